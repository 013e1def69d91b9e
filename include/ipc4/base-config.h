/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/base-config.h
 * \brief From IPC4 audio formats to stream parameters. Any mode; touches the arguments only.
 */
#ifndef IPC4_BASE_CONFIG_H
#define IPC4_BASE_CONFIG_H

#include <module/ipc4/base-config.h>
#include <sof/compiler_attributes.h>

struct sof_ipc_stream_params;
struct comp_buffer;
struct sof_source;
struct sof_sink;

/** Rate, channels, format and channel map of a module's input. */
void ipc4_base_module_cfg_to_stream_params(const struct ipc4_base_module_cfg *base_cfg,
					   struct sof_ipc_stream_params *params);
void ipc4_audio_format_to_stream_params(const struct ipc4_audio_format *audio_fmt,
					struct sof_ipc_stream_params *params);

/** \name Set what carries the audio to \p fmt; a buffer that is configured already stays. @{ */
void ipc4_update_buffer_format(struct comp_buffer *buf_c, const struct ipc4_audio_format *fmt);
void ipc4_update_source_format(struct sof_source *source, const struct ipc4_audio_format *fmt);
void ipc4_update_sink_format(struct sof_sink *sink, const struct ipc4_audio_format *fmt);
/** @} */

#endif /* IPC4_BASE_CONFIG_H */
