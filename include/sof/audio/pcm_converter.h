/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/pcm_converter.h
 * \brief From one sample format to another, between circular buffers.
 *
 * Any mode; touches the two buffers only. Samples that lose bits are rounded half up and saturated;
 * those that gain bits get zeros. Bit-exact with SOF's generic C. What there is, both ways: S16,
 * S24_4 and S32 among each other; S32 and S24_4_MSB; 16 valid bits in 32 (right-aligned) to S16,
 * S24_4, S32; S24_3 and S24_4. There is no float, no U8, no A- and mu-law, and no remapping of channels.
 */
#ifndef SOF_AUDIO_PCM_CONVERTER_H
#define SOF_AUDIO_PCM_CONVERTER_H

#include <ipc/stream.h>
#include <ipc4/gateway.h>
#include <module/audio/audio_stream.h>
#include <sof/compiler_attributes.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Convert \p source_samples samples, of all channels together, from where \p source stands to where
 * \p sink does. Pointers stay; both buffers hold whole samples. Channel counts and map are for
 * converters that remap: there are none, and they are ignored.
 * \return \p source_samples
 */
typedef int (*pcm_converter_func)(const struct cir_buf_source *source, uint32_t src_channels,
				  struct cir_buf_sink *sink, uint32_t sink_channels,
				  size_t source_samples, uint32_t chmap);

/** Channel n stays channel n. */
#define DUMMY_CHMAP 0x76543210

/** Convert \p samples samples that lie one behind the other. */
typedef void (*pcm_converter_lin_func)(const void *psrc, void *pdst, size_t samples);

struct pcm_func_map {
	enum sof_ipc_frame source;
	enum sof_ipc_frame sink;
	pcm_converter_func func;
};
extern const struct pcm_func_map pcm_func_map[];
extern const size_t pcm_func_count;

/** The same by container and valid bits apart. */
struct pcm_func_vc_map {
	enum sof_ipc_frame source;
	enum sof_ipc_frame valid_src_bits;
	enum sof_ipc_frame sink;
	enum sof_ipc_frame valid_sink_bits;
	pcm_converter_func func;
};
extern const struct pcm_func_vc_map pcm_func_vc_map[];
extern const size_t pcm_func_vc_count;

/** NULL: there is none. */
pcm_converter_func pcm_get_conversion_function(enum sof_ipc_frame in, enum sof_ipc_frame out);
/** NULL: there is none. \p type and \p dir make no difference. */
pcm_converter_func
pcm_get_conversion_vc_function(enum sof_ipc_frame in_bits, enum sof_ipc_frame valid_in_bits,
			       enum sof_ipc_frame out_bits, enum sof_ipc_frame valid_out_bits,
			       enum ipc4_gateway_type type, enum ipc4_direction_type dir);

/** Give \p converter the runs between the buffers' ends, samples of so many bytes each. */
int pcm_convert_as_linear(const struct cir_buf_source *source, size_t s_size_in,
			  struct cir_buf_sink *sink, size_t s_size_out, size_t samples,
			  pcm_converter_lin_func converter);

/** \name Copies: samples of one to four bytes @{ */
int just_copy_1b(const struct cir_buf_source *source, uint32_t src_channels,
		 struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples, uint32_t chmap);
int just_copy_2b(const struct cir_buf_source *source, uint32_t src_channels,
		 struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples, uint32_t chmap);
int just_copy_3b(const struct cir_buf_source *source, uint32_t src_channels,
		 struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples, uint32_t chmap);
int just_copy_4b(const struct cir_buf_source *source, uint32_t src_channels,
		 struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples, uint32_t chmap);
/** @} */

#ifdef __cplusplus
}
#endif

#endif /* SOF_AUDIO_PCM_CONVERTER_H */
