/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/module/adapter_record.h
 * \brief How DECLARE_MODULE_ADAPTER() tells of a module: the record behind it.
 *
 * On the board the macro makes a driver and registers it from an initialiser. Here nothing of a
 * module may run when it is loaded, so all that the driver would say is put down as a constant,
 * which the loader reads. The name is that of the interface, without "_interface" at its end.
 */
#ifndef MODULE_MODULE_ADAPTER_RECORD_H
#define MODULE_MODULE_ADAPTER_RECORD_H

struct module_interface;
struct sof_uuid;

/** One module, in section ".sof_adapter", 24 bytes on x86-64. */
struct sof_adapter_record {
	const char *name; /**< "gain_interface" */
	const struct sof_uuid *uuid;
	const struct module_interface *ops;
};

/**
 * The record of interface \p adapter with the UUID constant \p uuid; ends without a semicolon.
 * Source that is compiled for its functions only, for another module, defines
 * SOF_NO_ADAPTER_RECORDS. Its alignment is told, or compilers leave gaps between records.
 */
#ifdef SOF_NO_ADAPTER_RECORDS
#define SOF_ADAPTER_RECORD(adapter, uuid) struct sof_adapter_record
#else
#define SOF_ADAPTER_RECORD(adapter, uuid)                                                          \
	static const struct sof_adapter_record adapter##_record                                    \
		__attribute__((section(".sof_adapter"), aligned(8), used)) = { #adapter, &(uuid), &(adapter) }
#endif

#endif /* MODULE_MODULE_ADAPTER_RECORD_H */
