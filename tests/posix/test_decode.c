/* SPDX-License-Identifier: BSD-3-Clause */
/* What instructions do, by their bytes as an assembler writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <arch/decode.h>
#include <cmocka.h>

#define RIP	0x400000u
#define FS_BASE 0x7000000u

/* rax 0x1000, rcx 0x2000, rdx 0x3000, ... in the order of instructions; DWARF's order differs. */
static struct host_registers registers(void)
{
	static const int dwarf[16] = { 0, 2, 1, 3, 7, 6, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15 };
	struct host_registers r;

	for (unsigned int i = 0; i < 16; i++)
		r.dwarf[dwarf[i]] = 0x1000u * (i + 1);
	r.dwarf[16] = RIP;
	return r;
}

static struct arch_instruction decode(const char *code, size_t size)
{
	const struct host_registers r = registers();
	struct arch_instruction out;

	assert_true(arch_decode((const uint8_t *)code, size, &r, FS_BASE, &out));
	/* An instruction that is cut off anywhere is not known. */
	for (size_t i = 0; i < size; i++) {
		struct arch_instruction part;

		assert_false(arch_decode((const uint8_t *)code, i, &r, FS_BASE, &part) &&
			     part.access != HOST_ACCESS_NONE && i + 4 < size);
	}
	return out;
}

#define DECODE(code) decode(code, sizeof(code) - 1)

#define ACCESSES(code, how, where, aligned)                                                        \
	do {                                                                                       \
		const struct arch_instruction it = DECODE(code);                                   \
		assert_int_equal(it.access, how);                                                  \
		assert_int_equal(it.address, where);                                               \
		assert_int_equal(it.alignment, aligned);                                           \
	} while (0)
#define READS(code, where, aligned)  ACCESSES(code, HOST_ACCESS_READ, where, aligned)
#define WRITES(code, where, aligned) ACCESSES(code, HOST_ACCESS_WRITE, where, aligned)

static void addresses_are_computed(void **state)
{
	READS("\x8b\x00", 0x1000, 1);				   /* mov (%rax),%eax */
	READS("\x8b\x41\x10", 0x2010, 1);			   /* mov 0x10(%rcx),%eax */
	READS("\x8b\x41\xf0", 0x1ff0, 1);			   /* mov -0x10(%rcx),%eax */
	READS("\x8b\x81\x00\x01\x00\x00", 0x2100, 1);		   /* mov 0x100(%rcx),%eax */
	READS("\x48\x8b\x44\xc8\x08", 0x1000 + 8 * 0x2000 + 8, 1); /* mov 8(%rax,%rcx,8),%rax */
	READS("\x49\x8b\x04\x24", 0xd000, 1);			   /* mov (%r12),%rax */
	READS("\x4a\x8b\x04\x20", 0x1000 + 0xd000, 1);		   /* mov (%rax,%r12),%rax */
	READS("\x48\x8b\x04\x25\x00\x10\x00\x00", 0x1000, 1);	   /* mov 0x1000,%rax */
	READS("\x48\x8b\x04\x8d\x10\x00\x00\x00", 0x8010, 1);	   /* mov 0x10(,%rcx,4),%rax */
	READS("\x8b\x05\x10\x00\x00\x00", RIP + 6 + 0x10, 1);	   /* mov 0x10(%rip),%eax */
	WRITES("\xc7\x05\x10\x00\x00\x00\x01\x00\x00\x00", RIP + 10 + 0x10, 1); /* movl $1,... */
	READS("\x64\x48\x8b\x04\x25\x10\x00\x00\x00", FS_BASE + 0x10, 1); /* mov %fs:0x10,%rax */
}

static void reads_and_writes_are_told_apart(void **state)
{
	WRITES("\x89\x00", 0x1000, 1);			 /* mov %eax,(%rax) */
	WRITES("\x01\x00", 0x1000, 1);			 /* add %eax,(%rax) */
	READS("\x39\x00", 0x1000, 1);			 /* cmp %eax,(%rax) */
	READS("\x03\x00", 0x1000, 1);			 /* add (%rax),%eax */
	WRITES("\x83\x00\x01", 0x1000, 1);		 /* addl $1,(%rax) */
	READS("\x83\x38\x01", 0x1000, 1);		 /* cmpl $1,(%rax) */
	WRITES("\xff\x00", 0x1000, 1);			 /* incl (%rax) */
	WRITES("\xf0\x0f\xb1\x08", 0x1000, 1);		 /* lock cmpxchg %ecx,(%rax) */
	WRITES("\xd9\x18", 0x1000, 1);			 /* fstps (%rax) */
	READS("\xd9\x00", 0x1000, 1);			 /* flds (%rax) */
	READS("\x0f\xb6\x00", 0x1000, 1);		 /* movzbl (%rax),%eax */
	WRITES("\x0f\x94\x00", 0x1000, 1);		 /* sete (%rax) */
	WRITES("\xaa", 0x8000, 1);			 /* stosb */
	WRITES("\x50", 0x5000 - 8, 1);			 /* push %rax */
	READS("\x58", 0x5000, 1);			 /* pop %rax */
	assert_int_equal(DECODE("\xa4").second, 0x8000); /* movsb */
}

static void vectors_need_alignment_where_they_do(void **state)
{
	READS("\x0f\x28\x00", 0x1000, 16);		   /* movaps (%rax),%xmm0 */
	WRITES("\x0f\x29\x40\x04", 0x1004, 16);		   /* movaps %xmm0,4(%rax) */
	READS("\x0f\x10\x00", 0x1000, 1);		   /* movups (%rax),%xmm0 */
	READS("\x66\x0f\x6f\x00", 0x1000, 16);		   /* movdqa (%rax),%xmm0 */
	READS("\xf3\x0f\x6f\x00", 0x1000, 1);		   /* movdqu (%rax),%xmm0 */
	WRITES("\x66\x0f\xe7\x00", 0x1000, 16);		   /* movntdq %xmm0,(%rax) */
	READS("\x0f\x58\x00", 0x1000, 16);		   /* addps (%rax),%xmm0 */
	READS("\xf3\x0f\x58\x00", 0x1000, 1);		   /* addss (%rax),%xmm0 */
	READS("\x66\x0f\xfe\x00", 0x1000, 16);		   /* paddd (%rax),%xmm0 */
	READS("\x66\x0f\x70\x00\x1b", 0x1000, 16);	   /* pshufd $27,(%rax),%xmm0 */
	READS("\x66\x0f\x38\x00\x00", 0x1000, 16);	   /* pshufb (%rax),%xmm0 */
	READS("\x66\x0f\x38\x20\x00", 0x1000, 1);	   /* pmovsxbw (%rax),%xmm0 */
	READS("\x66\x0f\x3a\x0f\x40\x10\x04", 0x1010, 16); /* palignr $4,0x10(%rax),... */
	READS("\x66\x0f\x70\x05\x10\x00\x00\x00\x1b", RIP + 9 + 0x10, 16);
	READS("\xc5\xf8\x28\x00", 0x1000, 16);			/* vmovaps (%rax),%xmm0 */
	READS("\xc5\xfc\x28\x00", 0x1000, 32);			/* vmovaps (%rax),%ymm0 */
	READS("\xc5\xfc\x58\x00", 0x1000, 1);			/* vaddps (%rax),%ymm0,%ymm0 */
	WRITES("\xc4\xc1\x7d\x7f\x04\x24", 0xd000, 32);		/* vmovdqa %ymm0,(%r12) */
	READS("\x62\xf1\x7c\x48\x28\x40\x01", 0x1000 + 64, 64); /* vmovaps 0x40(%rax),%zmm0 */
	WRITES("\x48\x0f\xc7\x08", 0x1000, 16);			/* cmpxchg16b (%rax) */
	WRITES("\x0f\xc7\x08", 0x1000, 1);			/* cmpxchg8b (%rax) */
	WRITES("\x0f\xae\x00", 0x1000, 16);			/* fxsave (%rax) */
}

static void privileged_instructions_are_named(void **state)
{
	static const struct {
		const char *code;
		size_t size;
		const char *name;
	} all[] = {
		{ "\xf4", 1, "hlt" },
		{ "\xfa", 1, "cli" },
		{ "\xfb", 1, "sti" },
		{ "\xec", 1, "in (port input)" },
		{ "\xe6\x80", 2, "out (port output)" },
		{ "\xf3\x6e", 2, "outs (port output)" },
		{ "\x0f\x20\xc0", 3, "mov of a control register" },
		{ "\x0f\x32", 2, "rdmsr" },
		{ "\x0f\x30", 2, "wrmsr" },
		{ "\x0f\x01\x10", 3, "lgdt" },
		{ "\x0f\x01\xf8", 3, "swapgs" },
		{ "\x0f\x09", 2, "wbinvd" },
		{ "\x48\xcf", 2, "iret" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_string_equal(decode(all[i].code, all[i].size).privileged, all[i].name);
	assert_null(DECODE("\x8b\x00").privileged);
	assert_true(DECODE("\x0f\x0b").undefined);
	assert_false(DECODE("\x8b\x00").undefined);
}

static void branches_and_divisions_are_told(void **state)
{
	struct arch_instruction it = DECODE("\xff\xd1"); /* call *%rcx */

	assert_int_equal(it.access, HOST_ACCESS_EXECUTE);
	assert_int_equal(it.address, 0x2000);
	it = DECODE("\xff\x21"); /* jmp *(%rcx) */
	assert_true(it.jumps_through);
	assert_int_equal(it.address, 0x2000);
	it = DECODE("\xc3");
	assert_true(it.jumps_through);
	assert_int_equal(it.address, 0x5000);
	it = DECODE("\xf7\xf9"); /* idiv %ecx */
	assert_true(it.divides);
	assert_int_equal(it.divisor, 0x2000);
	it = DECODE("\xf6\xf5"); /* div %ch */
	assert_int_equal(it.divisor, 0x20);
	it = DECODE("\x48\xf7\x39"); /* idivq (%rcx) */
	assert_true(it.divides);
	assert_int_equal(it.width, 8);
	assert_int_equal(it.address, 0x2000);
	assert_false(DECODE("\xf7\x19").divides); /* negl (%rcx) */
}

static void what_is_not_known_is_not_told(void **state)
{
	const struct host_registers r = registers();
	struct arch_instruction out;

	assert_false(arch_decode((const uint8_t *)"\x8d\x00", 2, &r, 0, &out));	    /* lea */
	assert_false(arch_decode((const uint8_t *)"\x0f\x18\x00", 3, &r, 0, &out)); /* prefetch */
	assert_false(arch_decode((const uint8_t *)"\x65\x8b\x00", 3, &r, 0, &out)); /* gs */
	assert_false(arch_decode((const uint8_t *)"\x01\xc8", 2, &r, 0, &out)); /* add %ecx,%eax */
	assert_false(arch_decode((const uint8_t *)"\x62\xf1\x7c\x48\x58\x40\x01", 7, &r, 0, &out));
	assert_int_equal(out.access, HOST_ACCESS_NONE);
}

/* No byte sequence leads out of it. */
static void any_bytes_will_do(void **state)
{
	const struct host_registers r = registers();
	uint64_t seed = 12345;

	for (int i = 0; i < 200000; i++) {
		struct arch_instruction out;
		uint8_t code[ARCH_INSTRUCTION_MAX];

		for (size_t k = 0; k < sizeof(code); k++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			code[k] = (uint8_t)(seed >> 56);
		}
		arch_decode(code, (size_t)(seed >> 40) % (sizeof(code) + 1), &r, 0, &out);
		assert_true(out.alignment <= 64);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_computed),
		cmocka_unit_test(reads_and_writes_are_told_apart),
		cmocka_unit_test(vectors_need_alignment_where_they_do),
		cmocka_unit_test(privileged_instructions_are_named),
		cmocka_unit_test(branches_and_divisions_are_told),
		cmocka_unit_test(what_is_not_known_is_not_told),
		cmocka_unit_test(any_bytes_will_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
