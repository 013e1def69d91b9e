/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file matrix.h
 * \brief Who may do what to which memory: the table's types, and the world it is tried in.
 *
 * A row is a place (places.c), a column is somebody who does something to it (columns.c). A cell
 * is tried by a thread of its own: it tells before and after the access, so that an access that
 * was never made is told from one that was refused.
 */
#ifndef TESTS_ISOLATION_MATRIX_H
#define TESTS_ISOLATION_MATRIX_H

#include <host/fault.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>

#define PAGE ((size_t)4096)

/** \name Columns @{ */
enum who {
	WHO_A,	    /**< user thread of domain A */
	WHO_A2,	    /**< a second thread of domain A, on another stack */
	WHO_B,	    /**< user thread of domain B */
	WHO_NOBODY, /**< user thread in the default domain, which grants nothing */
	WHO_KERNEL, /**< supervisor thread, after asking for the memory to be opened */
	WHO_COUNT
};

enum deed {
	DEED_READ,
	DEED_WRITE,
	DEED_EXECUTE,
	DEED_PASS_READ,	  /**< hand the pointer to a system call that reads there */
	DEED_PASS_WRITE,  /**< ... that writes there */
	DEED_NAME_OBJECT, /**< name it as a kernel object in a system call */
	DEED_NAME_HEAP,	  /**< name it as a heap to allocate from */
};

struct column {
	enum who who;
	enum deed deed;
	char symbol; /**< where it is allowed */
};

extern const struct column columns[];
extern const size_t column_count;
/** @} */

/** \name Rows @{ */
/** What the hardware alone refuses, with no isolation at all. */
enum matter { MATTER_DATA, MATTER_CONSTANT, MATTER_CODE, MATTER_NOTHING };

/* Only where a checker does not own the host's memory is it closed. */
#define PLACE_HOST	  BIT(0)
#define PLACE_OWN_STORAGE BIT(1) /* the thread finds the address: its own thread-local storage */
#define PLACE_TOUCH_FIRST BIT(2) /* the thread can read it before something changes */
#define PLACE_NO_ADDRESS  BIT(3) /* the CPU does not tell the address */
#define PLACE_SCRATCH	  BIT(4) /* its contents are nobody's: what is written is looked for */
#define PLACE_NO_CHECKER  BIT(5) /* no cell where a checker owns the host's memory */
#define PLACE_C_HEAP	  BIT(7) /* Valgrind's own is executable: not tried there */
#define PLACE_EMPTY	  BIT(6) /* a system call is told of no bytes */

struct place {
	const char *name;
	enum matter matter;
	/** A symbol a column, '-' for a refusal, '.' for no cell; blanks are skipped. */
	const char *expected;
	/** The address, for a thread that has been made and has not begun. Supervisor mode. */
	uintptr_t (*find)(const struct k_thread *thread);
	unsigned int flags;
	/** Bytes a system call is told of, 1 when 0; a thread's own access is to the last. */
	size_t size;
	/** \name State of the world: before the thread begins, just before its access, after @{ */
	void (*before)(struct k_thread *thread);
	void (*during)(struct k_thread *thread);
	void (*after)(void);
	/** @} */
};

extern const struct place places[];
extern const size_t place_count;
/** @} */

/** \name World (world.c). Supervisor mode @{ */
/** What main() made before the board ran. */
struct world_host {
	void *small_block, *large_block, *early_block;
	void *own_mapping, *file_mapping;
	void *main_stack, *main_storage, *arguments;
	uintptr_t library_data, library_bss, library_text, library_constants;
	uintptr_t loader_data;
	struct host_object *object_a, *object_b;
};

/** Contents of an object of the matrix, see object.c. */
struct world_object {
	volatile uint8_t *data, *bss;
	const uint8_t *constants;
	const void *relocated;
	int (*code)(void);
};

struct world {
	struct k_mem_domain domain_a, domain_b;
	struct k_heap *heap_a, *heap_b;
	uint8_t *block_a, *block_b, *freed_a, *edge_a;
	uintptr_t region_a, region_a_end;
	struct k_mem_partition part_a, part_b;
	struct k_thread *resident_a, *resident_beside, *resident_b;
	k_thread_stack_t *resident_stack[3];
	struct k_sem *gate;  /**< residents wait here */
	struct k_sem *sem_a; /**< granted to threads of A */
	uint8_t *kernel_block, *shared_block;
	uint8_t *granted_both, *granted_a, *revoked, *never_granted;
	uintptr_t freed_buffer, freed_heap, freed_stack;
	uint8_t *attr_memory[4]; /**< under partitions RW/RO, RW/NA, RO/RO, RX/RX */
	uint8_t *moving;	 /**< of a partition that comes and goes */
	struct k_mem_partition moving_part;
	struct world_object object_a, object_b;
	k_thread_stack_t *actor_stack[2];
	struct k_thread *actor;
};

extern struct world world;
extern struct world_host world_host;

/** Main thread, before host_run(). 0 or -errno. */
int world_host_make(const char *object_folder);
void world_host_end(void);
int world_make(void);
void world_end(void);
/** @} */

/** \name Cells (cell.c). Supervisor mode @{ */
enum verdict { VERDICT_NONE, VERDICT_ALLOWED, VERDICT_REFUSED, VERDICT_NOT_RUN };

struct cell {
	enum verdict expected, found;
	char why[96]; /**< when the two differ */
};

int cell_init(void);
/** Try one cell. */
void cell_run(const struct place *place, const struct column *column, struct cell *cell);
/** Where memory checkers own the C heap and libraries' data. */
bool cell_host_is_open(void);
/** @} */

#endif /* TESTS_ISOLATION_MATRIX_H */
