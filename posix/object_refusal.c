/* SPDX-License-Identifier: BSD-3-Clause */
/* The reason for a refused system call: the verifier's check and the state of the object. */
#include "board.h"
#include "object.h"
#include "scheduler.h"

#include <stdio.h>

/* The last object refused in this system call. */
static struct {
	const void *obj;
	int error; /* 0: none refused */
} refusal;

void object_refusal_forget(void)
{
	refusal.error = 0;
}

int z_object_validate(const void *obj, enum k_objects otype, enum _obj_init_check init)
{
	int ret = object_validate(obj, otype, sched_current->arch->index, init);

	if (ret) {
		refusal.obj = obj;
		refusal.error = ret;
	}
	return ret;
}

static const char *reason_for(const char *type)
{
	switch (refusal.error) {
	case -EBADF:
		return type ? "is of another type" :
			      "is no kernel object: nothing was ever initialised there";
	case -EPERM:
		return "was not granted to the thread";
	case -EADDRINUSE:
		return "is in use";
	default:
		return object_is_promised(refusal.obj, sched_current->arch->index) ?
			       "was granted, and never initialised" :
			       "is not initialised";
	}
}

void z_syscall_refused(const char *expr)
{
	/* In kernel memory: the thread's stack is gone when the report is written. */
	static char text[192];
	const char *type;

	if (!refusal.error) {
		snprintf(text, sizeof(text), "system call refused: %s", expr);
	} else {
		type = object_type_name(refusal.obj);
		snprintf(text, sizeof(text), "system call refused: %s: the %s at %p %s", expr,
			 type ? type : "argument", refusal.obj, reason_for(type));
	}
	z_fatal(K_ERR_KERNEL_OOPS, text);
}
