/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file kernel/abi.h
 * \brief Version numbers of the interface to the host's driver: major, minor, patch as MMmmmppp.
 */
#ifndef KERNEL_ABI_H
#define KERNEL_ABI_H

#define SOF_ABI_MAJOR 3
#define SOF_ABI_MINOR 29
#define SOF_ABI_PATCH 1

#define SOF_ABI_MAJOR_SHIFT 24
#define SOF_ABI_MAJOR_MASK  0xff
#define SOF_ABI_MINOR_SHIFT 12
#define SOF_ABI_MINOR_MASK  0xfff
#define SOF_ABI_PATCH_SHIFT 0
#define SOF_ABI_PATCH_MASK  0xfff

#define SOF_ABI_VER(major, minor, patch)                                                           \
	(((major) << SOF_ABI_MAJOR_SHIFT) | ((minor) << SOF_ABI_MINOR_SHIFT) |                     \
	 ((patch) << SOF_ABI_PATCH_SHIFT))
#define SOF_ABI_VERSION_MAJOR(version) (((version) >> SOF_ABI_MAJOR_SHIFT) & SOF_ABI_MAJOR_MASK)
#define SOF_ABI_VERSION_MINOR(version) (((version) >> SOF_ABI_MINOR_SHIFT) & SOF_ABI_MINOR_MASK)
#define SOF_ABI_VERSION_PATCH(version) (((version) >> SOF_ABI_PATCH_SHIFT) & SOF_ABI_PATCH_MASK)
#define SOF_ABI_VERSION_INCOMPATIBLE(sof_ver, client_ver)                                          \
	(SOF_ABI_VERSION_MAJOR(sof_ver) != SOF_ABI_VERSION_MAJOR(client_ver))
#define SOF_ABI_VERSION SOF_ABI_VER(SOF_ABI_MAJOR, SOF_ABI_MINOR, SOF_ABI_PATCH)

/** First word of a blob's ABI header: "SOF\0" with IPC3, "SOF4" with IPC4. */
#define SOF_ABI_MAGIC	   0x00464F53
#define SOF_IPC4_ABI_MAGIC 0x34464F53

#endif /* KERNEL_ABI_H */
