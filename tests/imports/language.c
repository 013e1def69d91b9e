/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A correct module of what C11 and GCC offer beside library calls: compilers turn it into helpers
 * of their own. It checks what it computes.
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

#include <complex.h>
#include <stdatomic.h>
#include <string.h>

LOG_MODULE_REGISTER(language, CONFIG_SOF_LOG_LEVEL);

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		int holds = (condition);                                                           \
                                                                                                   \
		if (!holds)                                                                        \
			LOG_ERR("does not hold: %s", #condition);                                  \
		wrong += !holds;                                                                   \
	} while (0)

#define TYPE_OF(x) _Generic((x), int : 1, double : 2, float : 3, default : 4)

_Static_assert(TYPE_OF(1.0) == 2 && TYPE_OF(1.0f) == 3, "_Generic");

struct pair {
	int a, b;
};

static _Atomic int count;
static _Atomic long long large;
static _Atomic struct pair pair;
static atomic_flag flag = ATOMIC_FLAG_INIT;

static int integers(void)
{
	volatile unsigned __int128 a = ((unsigned __int128)7 << 90) + 5, b = 12345;
	volatile __int128 sa = -((__int128)7 << 90), sb = 77;
	volatile unsigned long u = 0x1234567890;
	volatile int n = 5;
	int wrong = 0;

	CHECK(a / b * b + a % b == a && sa / sb * sb + sa % sb == sa);
	CHECK(a * b / b == a && a << n >> n == a);
	CHECK(__builtin_popcountl(u) == 15 && __builtin_clzl(u) == 27 && __builtin_ctzl(u) == 4);
	CHECK(__builtin_ffsl((long)u) == 5 && __builtin_parityl(u) == 1);
	CHECK(__builtin_bswap64(u) == 0x9078563412000000 && TYPE_OF(n) == 1);
	CHECK((unsigned __int128)(double)a > a - (a >> 50) && (double)sa < -8e27);
	CHECK((unsigned __int128)1e30L == (unsigned __int128)1e30L && (__int128)-3.5f == -3);
	CHECK(n + 5 == 10 && n * 7 == 35 && -n == -5);
	return wrong;
}

static int real_numbers(void)
{
	volatile double complex z = 1 + 2 * I, w = 3 - 1 * I;
	volatile float complex zf = 1 + 2 * I, wf = 3 - 1 * I;
	volatile long double complex zl = 1 + 2 * I, wl = 3 - 1 * I;
	volatile double d = 1.5;
	volatile float f = 1.5f;
	volatile int n = 5;
	int wrong = 0;

	CHECK(z * w == 5 + 5 * I && zf * wf == 5 + 5 * I && zl * wl == 5 + 5 * I);
	CHECK(cabs(z / w * w - z) < 1e-9 && cabsf(zf / wf * wf - zf) < 1e-5f);
	CHECK(cabsl(zl / wl * wl - zl) < 1e-9L);
	CHECK(__builtin_powi(d, n) == 7.59375 && __builtin_powif(f, n) == 7.59375f);
	CHECK((long double)d * 2 == 3.0L && (unsigned long)(d * 1e18) == 1500000000000000000ul);
	return wrong;
}

static int atomics(void)
{
	int wrong = 0, expected = 1;
	struct pair whole;

	atomic_store(&count, 0);
	CHECK(atomic_fetch_add(&count, 1) == 0);
	CHECK(atomic_compare_exchange_strong(&count, &expected, 2) && count == 2);
	atomic_store(&large, 0);
	atomic_fetch_or(&large, 1LL << 40);
	CHECK(atomic_load(&large) == 1LL << 40);
	atomic_store(&pair, ((struct pair){ 3, 4 }));
	whole = atomic_load(&pair);
	CHECK(whole.b == 4);
	atomic_flag_clear(&flag);
	CHECK(!atomic_flag_test_and_set(&flag) && atomic_flag_test_and_set(&flag));
#ifndef __SANITIZE_THREAD__ /* it knows no fences */
	atomic_thread_fence(memory_order_seq_cst);
#endif
	return wrong;
}

/* A frame of a size that is known when it runs, and a jump table. */
static int frames(int n)
{
	unsigned char *bytes = __builtin_alloca((size_t)n * 100);
	int wrong = 0, kind = 0;

	memset(bytes, n, (size_t)n * 100);
	switch (n) {
	case 1:
		kind = 10;
		break;
	case 2:
		kind = 7;
		break;
	case 3:
		kind = 25;
		break;
	case 4:
		kind = 1;
		break;
	case 5:
		kind = 55;
		break;
	case 6:
		kind = -4;
		break;
	}
	CHECK(bytes[n * 100 - 1] == n && kind == 55);
	return wrong;
}

static int language_init(struct processing_module *mod)
{
	return 0;
}

static int language_process(struct processing_module *mod, struct sof_source **sources,
			    int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	size_t available = source_get_data_available(sources[0]);
	size_t room = sink_get_free_size(sinks[0]);
	volatile int n = 5;

	if (integers() || real_numbers() || atomics() || frames(n))
		return -EINVAL;
	return source_to_sink_copy(sources[0], sinks[0], true, available < room ? available : room);
}

static const struct module_interface language_interface = {
	.init = language_init,
	.process = language_process,
};

static const struct sof_man_module_manifest language_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("language", &language_interface, 1,
				  _UUID_INIT(0x6a7c1e90, 0x44d1, 0x4f0b, 0x8d, 0x1f, 0x63, 0x61,
					     0x6c, 0x6c, 0x73, 0x02),
				  8, 1);
SOF_LLEXT_BUILDINFO;
