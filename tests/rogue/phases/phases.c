/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Goes wrong in the function, and in the way, that two bytes of its init data name. A topology sends
 * no such data: compiled with WHERE and HOW the module knows both. With ONLY another instance than
 * this one works.
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <ipc4/module.h>
#include <sof/audio/component.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>
#include <zephyr/kernel.h>

LOG_MODULE_REGISTER(phases, CONFIG_SOF_LOG_LEVEL);

#define NO_ERRNO (-65536) /* 0 in 16 bits */

struct state {
	struct processing_module *mod;
	char where, how;
	struct k_futex futex;
};

/* A user thread may use no kernel object but those it was granted, and futexes. */
static void wait_for_nobody(struct state *state)
{
	struct k_sem *sem;

	if (k_is_user_context()) {
		k_futex_wait(&state->futex, 0, K_FOREVER);
		return;
	}
	sem = k_object_alloc(K_OBJ_SEM);
	k_sem_init(sem, 0, 1);
	k_sem_take(sem, K_FOREVER);
	k_object_free(sem);
}

static int go_wrong(struct state *state, char where)
{
	if (state->where != where)
		return 0;
	LOG_ERR("no\tgood in '%c'", where);
	switch (state->how) {
	case 's':
		k_sleep(K_SECONDS(100));
		break;
	case 'w':
		wait_for_nobody(state);
		break;
	case 'x':
		k_thread_suspend(k_current_get());
		break;
	case 'a':
		k_thread_abort(k_current_get());
		break;
	case 'm':
		return mod_zalloc(state->mod, (size_t)1 << 27) ? 0 : -ENOMEM;
	}
	return NO_ERRNO;
}

static bool read_way(const struct processing_module *mod, struct state *state)
{
#ifdef WHERE
	state->where = WHERE;
	state->how = HOW;
#else
	const struct module_config *config = &mod->priv.cfg;
	const char *bytes = (const char *)config->init_data + sizeof(struct ipc4_base_module_cfg);

	if (config->size < sizeof(struct ipc4_base_module_cfg) + 2)
		return false;
	state->where = bytes[0];
	state->how = bytes[1];
#endif
	return true;
}

static int phases_init(struct processing_module *mod)
{
	struct state *state = mod_zalloc(mod, sizeof(*state));

	if (!state)
		return -ENOMEM;
	state->mod = mod;
	if (!read_way(mod, state))
		return -EINVAL;
#ifdef ONLY
	if (IPC4_INST_ID(dev_comp_id(mod->dev)) != ONLY)
		state->where = 0;
#endif
	module_set_private_data(mod, state);
	return go_wrong(state, 'i');
}

static int phases_prepare(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	return go_wrong(module_get_private_data(mod), 'p');
}

static int phases_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	size_t bytes = source_get_data_available(sources[0]), room = sink_get_free_size(sinks[0]);
	int ret = go_wrong(module_get_private_data(mod), 'P');

	if (ret)
		return ret;
	return source_to_sink_copy(sources[0], sinks[0], true, bytes < room ? bytes : room);
}

static int phases_set(struct processing_module *mod, uint32_t config_id,
		      enum module_cfg_fragment_position pos, uint32_t data_offset_size,
		      const uint8_t *fragment, size_t fragment_size, uint8_t *response,
		      size_t response_size)
{
	return go_wrong(module_get_private_data(mod), 's');
}

static int phases_get(struct processing_module *mod, uint32_t config_id, uint32_t *data_offset_size,
		      uint8_t *fragment, size_t fragment_size)
{
	return go_wrong(module_get_private_data(mod), 'g');
}

static int phases_trigger(struct processing_module *mod, int cmd)
{
	return go_wrong(module_get_private_data(mod), 't');
}

static int phases_bind(struct processing_module *mod, const struct bind_info *info)
{
	return go_wrong(module_get_private_data(mod), 'b');
}

static int phases_unbind(struct processing_module *mod, const struct bind_info *info)
{
	return go_wrong(module_get_private_data(mod), 'u');
}

static int phases_reset(struct processing_module *mod)
{
	return go_wrong(module_get_private_data(mod), 'r');
}

static int phases_free(struct processing_module *mod)
{
	struct state *state = module_get_private_data(mod);
	const int ret = go_wrong(state, 'f');

	mod_free(mod, state);
	return ret;
}

static const struct module_interface phases_interface = {
	.init = phases_init,
	.prepare = phases_prepare,
	.process = phases_process,
	.set_configuration = phases_set,
	.get_configuration = phases_get,
	.trigger = phases_trigger,
	.bind = phases_bind,
	.unbind = phases_unbind,
	.reset = phases_reset,
	.free = phases_free,
};

static const struct sof_man_module_manifest phases_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("phases", &phases_interface, 1,
				  _UUID_INIT(0xbadc0de0, 0x5096, 0x4d1c, 0x8b, 0x1e, 0x52, 0x6f,
					     0x67, 0x75, 0x65, 90),
				  8, 1);
SOF_LLEXT_BUILDINFO;
