/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Correct loops over libm's functions. With -O3 -ffast-math the compiler calls libmvec, which
 * computes several elements at a time. The output is the input: what is computed only has to come
 * close to what the scalar functions say.
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

#include <math.h>

LOG_MODULE_REGISTER(vectors, CONFIG_SOF_LOG_LEVEL);

#define LENGTH 64

static double x[LENGTH], y[LENGTH];
static float xf[LENGTH], yf[LENGTH];

static int is_near(double a, double b)
{
	return a - b < 1e-4 * (1 + b * b) && b - a < 1e-4 * (1 + b * b);
}

#define LOOP(name)                                                                                 \
	do {                                                                                       \
		double (*volatile scalar)(double) = name;                                          \
                                                                                                   \
		for (size_t i = 0; i < LENGTH; i++)                                                \
			y[i] = name(x[i]);                                                         \
		for (size_t i = 0; i < LENGTH; i++)                                                \
			yf[i] = name##f(xf[i]);                                                    \
		for (size_t i = 0; i < LENGTH; i++)                                                \
			wrong += !is_near(y[i], scalar(x[i])) || !is_near(yf[i], scalar(xf[i]));   \
	} while (0)

static int compute(void)
{
	int wrong = 0;

	for (size_t i = 0; i < LENGTH; i++) {
		x[i] = 0.01 + 0.97 * (double)i / LENGTH;
		xf[i] = (float)x[i];
	}
	LOOP(exp);
	LOOP(log);
	LOOP(sin);
	LOOP(cos);
	for (size_t i = 0; i < LENGTH; i++)
		y[i] = pow(x[i], 1.5);
	for (size_t i = 0; i < LENGTH; i++)
		yf[i] = powf(xf[i], 1.5f);
	for (size_t i = 0; i < LENGTH; i++)
		wrong += !is_near(y[i], x[i] * sqrt(x[i])) || !is_near(yf[i], x[i] * sqrt(x[i]));
	return wrong;
}

static int vectors_init(struct processing_module *mod)
{
	return 0;
}

static int vectors_process(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	size_t available = source_get_data_available(sources[0]);
	size_t room = sink_get_free_size(sinks[0]);
	int wrong = compute();

	if (wrong) {
		LOG_ERR("%d results are wrong", wrong);
		return -EINVAL;
	}
	return source_to_sink_copy(sources[0], sinks[0], true, available < room ? available : room);
}

static const struct module_interface vectors_interface = {
	.init = vectors_init,
	.process = vectors_process,
};

static const struct sof_man_module_manifest vectors_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("vectors", &vectors_interface, 1,
				  _UUID_INIT(0x6a7c1e90, 0x44d1, 0x4f0b, 0x8d, 0x1f, 0x63, 0x61,
					     0x6c, 0x6c, 0x73, 0x01),
				  8, 1);
SOF_LLEXT_BUILDINFO;
