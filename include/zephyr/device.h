/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/device.h
 * \brief Devices: the host has none. Pointers to them may be handed round.
 */
#ifndef ZEPHYR_DEVICE_H
#define ZEPHYR_DEVICE_H

struct device {
	const char *name;
	const void *config;
	const void *api;
	void *data;
};

#endif /* ZEPHYR_DEVICE_H */
