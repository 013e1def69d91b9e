/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/notifier.h
 * \brief Events inside the firmware: who wants to hear of one is called when it happens.
 *
 * Not IPC notifications: those are ipc4/notification.h. Supervisor mode; callbacks run at once, in
 * the caller's thread, in order of registration, and may unregister themselves.
 */
#ifndef SOF_LIB_NOTIFIER_H
#define SOF_LIB_NOTIFIER_H

#include <rtos/bit.h>
#include <rtos/sof.h>
#include <rtos/spinlock.h>
#include <sof/lib/cpu.h>
#include <sof/list.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** \name Cores an event is for: all callbacks are told, whatever the mask @{ */
#define NOTIFIER_TARGET_CORE_MASK(x)  (1 << (x))
#define NOTIFIER_TARGET_CORE_LOCAL    NOTIFIER_TARGET_CORE_MASK(cpu_get_id())
#define NOTIFIER_TARGET_CORE_ALL_MASK 0xFFFFFFFF
/** @} */

/** The same receiver, caller and event once more: counted, and called once. */
#define NOTIFIER_FLAG_AGGREGATE BIT(0)

/** What caller_data points to is in the event's comment. */
enum notify_id {
	NOTIFIER_ID_CPU_FREQ = 0,   /**< clock_notify_data */
	NOTIFIER_ID_SSP_FREQ,	    /**< clock_notify_data */
	NOTIFIER_ID_KPB_CLIENT_EVT, /**< kpb_event_data */
	NOTIFIER_ID_DMA_DOMAIN_CHANGE,
	NOTIFIER_ID_DMA_COPY, /**< dma_cb_data */
	NOTIFIER_ID_DMA_IRQ,
	NOTIFIER_ID_DAI_TRIGGER,
	NOTIFIER_ID_MIC_PRIVACY_STATE_CHANGE, /**< mic_privacy_settings */
	NOTIFIER_ID_COUNT
};

#define NOTIFIER_CLK_CHANGE_ID(clk) NOTIFIER_ID_CPU_FREQ

typedef void (*notifier_callback_t)(void *receiver_data, enum notify_id event_type,
				    void *caller_data);

/**
 * \param receiver_data    handed to \p callback; names the registration
 * \param caller_id_filter only events of this caller; NULL: of all
 * \param flags            NOTIFIER_FLAG_*
 * \return 0; -EINVAL: no such event, no callback; -ENOMEM
 */
int notifier_register(void *receiver_data, void *caller_id_filter, enum notify_id event_type,
		      notifier_callback_t callback, uint32_t flags);
/** Take back registrations that match; a NULL filter matches any. An aggregated one counts down. */
void notifier_unregister(void *receiver_data_filter, void *caller_id_filter, enum notify_id type);
/** The same for every event. */
void notifier_unregister_all(void *receiver_data_filter, void *caller_id_filter);

/** Tell. \p core_mask and \p data_size matter on several cores with caches of their own only. */
void notifier_event(const void *caller_id, enum notify_id event_type, uint32_t core_mask,
		    void *caller_data, uint32_t data_size);

#ifdef __cplusplus
}
#endif

#endif /* SOF_LIB_NOTIFIER_H */
