/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The module adapter as a component driver: SOF's own way to call it. The firmware here goes to
 * the adapter_ functions directly; these are for modules' drivers and for who holds a comp_dev.
 */
#include <rtos/symbol.h>
#include <string.h>

#include "firmware.h"

static struct instance *instance_of_dev(const struct comp_dev *dev)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->instances) {
		struct instance *instance = list_item(item, struct instance, list);

		if (dev && instance->memory && &instance->memory->dev == dev)
			return instance;
	}
	return NULL;
}

static const struct sof_module_desc *module_by_uuid(const struct sof_uuid *uuid)
{
	const struct sof_module_desc *desc;

	for (size_t i = 0; uuid && (desc = sof_module_at(i)); i++) {
		if (!memcmp(desc->uuid, uuid, sizeof(desc->uuid)))
			return desc;
	}
	return NULL;
}

int comp_register(struct comp_driver_info *info)
{
	const struct comp_driver *drv = info ? info->drv : NULL;
	struct sof_module_desc desc = { 0 };

	if (!drv || !drv->adapter_ops || !drv->uid || !drv->tctx || !drv->tctx->uuid_p)
		return -EINVAL;
	desc.name = drv->tctx->uuid_p->name;
	desc.ops = drv->adapter_ops;
	memcpy(desc.uuid, drv->uid, sizeof(desc.uuid));
	return sof_module_register(&desc);
}
EXPORT_SYMBOL(comp_register);

struct comp_dev *module_adapter_new(const struct comp_driver *drv,
				    const struct comp_ipc_config *config, const void *spec)
{
	const struct sof_module_desc *desc = drv ? module_by_uuid(drv->uid) : NULL;
	const struct ipc_config_process *process = spec;
	struct instance_request request;

	if (!desc || !config || !process)
		return NULL;
	request = (struct instance_request){
		.module_id = desc->module_id,
		.instance_id = (uint8_t)IPC4_INST_ID(config->id),
		.pipeline_id = (uint8_t)config->pipeline_id,
		.dp = config->proc_domain == COMP_PROCESSING_DOMAIN_DP,
		.extended = config->ipc_extended_init,
		.payload = process->data,
		.payload_size = process->size,
	};
	if (instance_new(&request))
		return NULL;
	return ipc4_get_comp_dev(IPC4_COMP_ID(request.module_id, (uint32_t)request.instance_id));
}
EXPORT_SYMBOL(module_adapter_new);

void module_adapter_free(struct comp_dev *dev)
{
	struct instance *instance = instance_of_dev(dev);

	if (instance)
		instance_delete(instance);
}
EXPORT_SYMBOL(module_adapter_free);

int module_adapter_params(struct comp_dev *dev, struct sof_ipc_stream_params *params)
{
	struct instance *instance = instance_of_dev(dev);

	if (!instance)
		return -ENODEV;
	if (!params)
		return -EINVAL;
	ipc4_base_module_cfg_to_stream_params(&instance->base_cfg, params);
	return 0;
}
EXPORT_SYMBOL(module_adapter_params);

int module_adapter_prepare(struct comp_dev *dev)
{
	struct instance *instance = instance_of_dev(dev);

	return instance ? adapter_prepare(instance) : -ENODEV;
}
EXPORT_SYMBOL(module_adapter_prepare);

int module_adapter_reset(struct comp_dev *dev)
{
	struct instance *instance = instance_of_dev(dev);

	return instance ? adapter_reset(instance) : -ENODEV;
}
EXPORT_SYMBOL(module_adapter_reset);

int module_adapter_copy(struct comp_dev *dev)
{
	struct instance *instance = instance_of_dev(dev);
	bool moved;

	if (!instance)
		return -ENODEV;
	return instance->dp ? 0 : ll_run_one(instance, &moved);
}
EXPORT_SYMBOL(module_adapter_copy);

int module_adapter_trigger(struct comp_dev *dev, int cmd)
{
	struct instance *instance = instance_of_dev(dev);

	return instance ? adapter_trigger(instance, cmd) : -ENODEV;
}
EXPORT_SYMBOL(module_adapter_trigger);

int module_adapter_bind(struct comp_dev *dev, const struct bind_info *bind_data)
{
	struct instance *instance = instance_of_dev(dev);

	if (!instance)
		return -ENODEV;
	return bind_data && bind_data->ipc4_data ? adapter_bind(instance, bind_data, true) :
						   -EINVAL;
}
EXPORT_SYMBOL(module_adapter_bind);

int module_adapter_unbind(struct comp_dev *dev, const struct bind_info *unbind_data)
{
	struct instance *instance = instance_of_dev(dev);

	if (!instance)
		return -ENODEV;
	return unbind_data && unbind_data->ipc4_data ? adapter_bind(instance, unbind_data, false) :
						       -EINVAL;
}
EXPORT_SYMBOL(module_adapter_unbind);

int module_adapter_get_attribute(struct comp_dev *dev, uint32_t type, void *value)
{
	struct instance *instance = instance_of_dev(dev);

	if (!instance)
		return -ENODEV;
	switch (type) {
	case COMP_ATTR_BASE_CONFIG:
		memcpy(value, &instance->base_cfg, sizeof(instance->base_cfg));
		return 0;
	case COMP_ATTR_IPC4_CONFIG:
		return adapter_param(instance, value, false);
	default:
		return -EINVAL;
	}
}
EXPORT_SYMBOL(module_adapter_get_attribute);

int module_adapter_set_attribute(struct comp_dev *dev, uint32_t type, void *value)
{
	struct instance *instance = instance_of_dev(dev);

	if (!instance)
		return -ENODEV;
	return type == COMP_ATTR_IPC4_CONFIG ? adapter_param(instance, value, true) : -EINVAL;
}
EXPORT_SYMBOL(module_adapter_set_attribute);

int module_set_large_config(struct comp_dev *dev, uint32_t param_id, bool first_block,
			    bool last_block, uint32_t data_offset, const char *data)
{
	const enum module_cfg_fragment_position pos =
		first_last_block_to_frag_pos(first_block, last_block);
	struct instance *instance = instance_of_dev(dev);
	size_t size = SOF_IPC4_PAYLOAD_MAX;

	if (!instance)
		return -ENODEV;
	if (pos == MODULE_CFG_FRAGMENT_SINGLE)
		size = data_offset;
	else if (pos == MODULE_CFG_FRAGMENT_LAST)
		size = data_offset < instance->config_size ? instance->config_size - data_offset :
							     0;
	if (!data || !size || size > SOF_IPC4_PAYLOAD_MAX)
		return -EINVAL;
	if (pos == MODULE_CFG_FRAGMENT_FIRST)
		instance->config_size = data_offset;
	return adapter_set_configuration(instance, param_id, pos, data_offset, data, size);
}
EXPORT_SYMBOL(module_set_large_config);

int module_get_large_config(struct comp_dev *dev, uint32_t param_id, bool first_block,
			    bool last_block, uint32_t *data_offset, char *data)
{
	struct instance *instance = instance_of_dev(dev);

	if (!instance)
		return -ENODEV;
	if (!data || !data_offset)
		return -EINVAL;
	return adapter_get_configuration(instance, param_id, data_offset, data,
					 SOF_IPC4_PAYLOAD_MAX);
}
EXPORT_SYMBOL(module_get_large_config);

uint64_t module_adapter_get_total_data_processed(struct comp_dev *dev, uint32_t stream_no,
						 bool input)
{
	const struct instance *instance = instance_of_dev(dev);

	if (!instance || stream_no >= (input ? instance->n_in : instance->n_out))
		return 0;
	return input ? instance->in[stream_no]->consumed : instance->out[stream_no]->produced;
}
EXPORT_SYMBOL(module_adapter_get_total_data_processed);

/* \name Of end points */

static const struct module_endpoint_ops *endpoint_of(const struct comp_dev *dev)
{
	const struct instance *instance = instance_of_dev(dev);

	return instance && !instance->dp ? instance->desc->ops->endpoint_ops : NULL;
}

int module_adapter_get_hw_params(struct comp_dev *dev, struct sof_ipc_stream_params *params,
				 int dir)
{
	const struct module_endpoint_ops *ops = endpoint_of(dev);

	return ops && ops->dai_get_hw_params ? ops->dai_get_hw_params(dev, params, dir) :
					       -EOPNOTSUPP;
}
EXPORT_SYMBOL(module_adapter_get_hw_params);

int module_adapter_position(struct comp_dev *dev, struct sof_ipc_stream_posn *posn)
{
	const struct module_endpoint_ops *ops = endpoint_of(dev);

	return ops && ops->position ? ops->position(dev, posn) : -EOPNOTSUPP;
}
EXPORT_SYMBOL(module_adapter_position);

int module_adapter_ts_config_op(struct comp_dev *dev)
{
	const struct module_endpoint_ops *ops = endpoint_of(dev);

	return ops && ops->dai_ts_config ? ops->dai_ts_config(dev) : -EOPNOTSUPP;
}
EXPORT_SYMBOL(module_adapter_ts_config_op);

int module_adapter_ts_start_op(struct comp_dev *dev)
{
	const struct module_endpoint_ops *ops = endpoint_of(dev);

	return ops && ops->dai_ts_start ? ops->dai_ts_start(dev) : -EOPNOTSUPP;
}
EXPORT_SYMBOL(module_adapter_ts_start_op);

int module_adapter_ts_stop_op(struct comp_dev *dev)
{
	const struct module_endpoint_ops *ops = endpoint_of(dev);

	return ops && ops->dai_ts_stop ? ops->dai_ts_stop(dev) : -EOPNOTSUPP;
}
EXPORT_SYMBOL(module_adapter_ts_stop_op);

int module_adapter_ts_get_op(struct comp_dev *dev, struct timestamp_data *tsd)
{
	const struct module_endpoint_ops *ops = endpoint_of(dev);

	return ops && ops->dai_ts_get ? ops->dai_ts_get(dev, tsd) : -EOPNOTSUPP;
}
EXPORT_SYMBOL(module_adapter_ts_get_op);
