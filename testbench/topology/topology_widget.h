/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology_widget.h
 * \brief A widget's tokens taken for what they mean to SOF.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_WIDGET_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_WIDGET_H

#include "topology.h"

/** Say what is wrong with a widget. \return -EINVAL */
int topology_bad(const struct tplg_file *file, const struct tplg_widget *from, struct problem *why,
		 const char *format, ...) __attribute__((format(printf, 4, 5)));

/** Kind of module a DAPM widget stands for. */
enum topology_kind topology_kind_of(uint32_t dapm_id);

/** Fill in all but pipeline. What it owns is the caller's, also on failure. -EINVAL, -ENOMEM */
int topology_take_widget(const struct tplg_file *file, const struct tplg_widget *from,
			 struct topology_widget *widget, struct problem *why);
int topology_take_pipeline(const struct tplg_file *file, const struct tplg_widget *from,
			   struct topology_pipeline *pipeline, struct problem *why);
void topology_free_widget(struct topology_widget *widget);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_WIDGET_H */
