/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/atomic.h
 * \brief Atomic words. Sequentially consistent; what is returned is the value before. Any mode.
 */
#ifndef ZEPHYR_SYS_ATOMIC_H
#define ZEPHYR_SYS_ATOMIC_H

#include <stdbool.h>

typedef long atomic_t;
typedef atomic_t atomic_val_t;
typedef void *atomic_ptr_t;
typedef void *atomic_ptr_val_t;

#define ATOMIC_INIT(i)	   (i)
#define ATOMIC_PTR_INIT(p) (p)
#define ATOMIC_BITS	   (sizeof(atomic_val_t) * 8)

/** Words for \p num_bits bits, and an array of them. */
#define ATOMIC_BITMAP_SIZE(num_bits)  (((num_bits) + ATOMIC_BITS - 1) / ATOMIC_BITS)
#define ATOMIC_DEFINE(name, num_bits) atomic_t name[ATOMIC_BITMAP_SIZE(num_bits)]
#define ATOMIC_MASK(bit)	      (1UL << ((unsigned long)(bit) % ATOMIC_BITS))
#define ATOMIC_ELEM(addr, bit)	      ((addr) + (unsigned long)(bit) / ATOMIC_BITS)

static inline atomic_val_t atomic_get(const atomic_t *target)
{
	return __atomic_load_n(target, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_set(atomic_t *target, atomic_val_t value)
{
	return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_clear(atomic_t *target)
{
	return atomic_set(target, 0);
}

static inline atomic_val_t atomic_add(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_add(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_sub(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_sub(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_inc(atomic_t *target)
{
	return atomic_add(target, 1);
}

static inline atomic_val_t atomic_dec(atomic_t *target)
{
	return atomic_sub(target, 1);
}

static inline atomic_val_t atomic_or(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_or(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_and(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_and(target, value, __ATOMIC_SEQ_CST);
}

static inline atomic_val_t atomic_xor(atomic_t *target, atomic_val_t value)
{
	return __atomic_fetch_xor(target, value, __ATOMIC_SEQ_CST);
}

/** True when it was \p old_value, and is \p new_value now. */
static inline bool atomic_cas(atomic_t *target, atomic_val_t old_value, atomic_val_t new_value)
{
	return __atomic_compare_exchange_n(target, &old_value, new_value, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_SEQ_CST);
}

static inline void *atomic_ptr_get(const atomic_ptr_t *target)
{
	return __atomic_load_n(target, __ATOMIC_SEQ_CST);
}

static inline void *atomic_ptr_set(atomic_ptr_t *target, void *value)
{
	return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

static inline bool atomic_ptr_cas(atomic_ptr_t *target, void *old_value, void *new_value)
{
	return __atomic_compare_exchange_n(target, &old_value, new_value, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_SEQ_CST);
}

/** \name Bits of an array of words @{ */
static inline bool atomic_test_bit(const atomic_t *target, int bit)
{
	return (unsigned long)atomic_get(ATOMIC_ELEM(target, bit)) & ATOMIC_MASK(bit);
}

static inline bool atomic_test_and_set_bit(atomic_t *target, int bit)
{
	const unsigned long before =
		(unsigned long)atomic_or(ATOMIC_ELEM(target, bit), (atomic_val_t)ATOMIC_MASK(bit));

	return before & ATOMIC_MASK(bit);
}

static inline bool atomic_test_and_clear_bit(atomic_t *target, int bit)
{
	const unsigned long before = (unsigned long)atomic_and(ATOMIC_ELEM(target, bit),
							       (atomic_val_t)~ATOMIC_MASK(bit));

	return before & ATOMIC_MASK(bit);
}

static inline void atomic_set_bit(atomic_t *target, int bit)
{
	(void)atomic_test_and_set_bit(target, bit);
}

static inline void atomic_clear_bit(atomic_t *target, int bit)
{
	(void)atomic_test_and_clear_bit(target, bit);
}

static inline void atomic_set_bit_to(atomic_t *target, int bit, bool val)
{
	if (val)
		atomic_set_bit(target, bit);
	else
		atomic_clear_bit(target, bit);
}
/** @} */

#endif /* ZEPHYR_SYS_ATOMIC_H */
