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
		const struct arch_instruction told = DECODE(code);                                 \
		assert_int_equal(told.access, how);                                                \
		assert_int_equal(told.address, where);                                             \
		assert_int_equal(told.alignment, aligned);                                         \
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

/* The opcode maps of the manuals. With an operand in memory: r it is read, w written; in capitals: a
 * byte of immediate data follows; z, Z: read, written, and two or four bytes follow. -: memory is not
 * accessed, .: no ModRM byte and no operand, x: tested elsewhere or no instruction. */
static const char map_0[] = "wwrr....wwrr...x"
			    "wwrr....wwrr...."
			    "wwrr..x.wwrr..x."
			    "wwrr..x.rrrr..x."
			    "xxxxxxxxxxxxxxxx"
			    "xxxxxxxxxxxxxxxx"
			    "..xrxxxxxzxRxxxx"
			    "................"
			    "xxxxrrwwwwrrw-rw"
			    "................"
			    "xxxxxxxx..xxxxxx"
			    "................"
			    "WWxxxxWZ.x...x.x"
			    "wwww....xxxxxxxx"
			    "....xxxxx...xxxx"
			    "x.xxx.xx..xx..xx";
static const char map_1[] = "xxrr.xxxxx.x.-.x"
			    "rwrwrrrw--------"
			    "xxxxxxxxrwrwrrrr"
			    "xxxxxxxxxxxxxxxx"
			    "rrrrrrrrrrrrrrrr"
			    "xrrrrrrrrrrrrrrr"
			    "rrrrrrrrrrrrrrrr"
			    "Rxxxrrr.xxxxxxww"
			    "................"
			    "wwwwwwwwwwwwwwww"
			    "...rWwxx...wWwxr"
			    "wwrwrrrrxxxwrrrr"
			    "wwRwRxRx........"
			    "xrrrrrxxrrrrrrrr"
			    "xrrrrrxwrrrrrrrr"
			    "xrrrrrrxrrrrrrrx";

/* 1: the operand has to be aligned to 16 bytes, unless VEX encodes the instruction; 16 opcodes of
 * the map of 0f a word, the lowest opcode in the lowest bit. Mandatory prefixes none, 66, f3, f2. */
static const uint16_t aligned[4][16] = {
	{ 0, 0x0030, 0x0b00, 0, 0, 0xfbfe, 0, 0, 0, 0, 0, 0, 0x0044, 0, 0, 0 },
	{ 0, 0x0030, 0x0b00, 0, 0, 0xfffe, 0xbfff, 0xb071, 0, 0, 0, 0, 0x0044, 0xff3f, 0xffff,
	  0x7f7f },
	{ 0, 0x0044, 0, 0, 0, 0x0800, 0, 0x0001, 0, 0, 0, 0, 0, 0, 0, 0 },
	{ 0, 0, 0, 0, 0, 0, 0, 0x3001, 0, 0, 0, 0, 0, 0x0001, 0x0040, 0 },
};

static unsigned int immediate(char what, bool operand16)
{
	return what == 'R' || what == 'W' ? 1 :
	       what == 'z' || what == 'Z' ? (operand16 ? 2 : 4) :
					    0;
}

/* The operand is 16 bytes behind the instruction, so that its address tells the length. */
static void look_up(const char *map, bool second, bool operand16, bool rex)
{
	const struct host_registers r = registers();

	for (unsigned int op = 0; op < 256; op++) {
		struct arch_instruction out;
		uint8_t code[16] = { 0 };
		unsigned int n = 0;
		bool known;

		if (map[op] == 'x')
			continue;
		if (operand16)
			code[n++] = 0x66;
		if (rex)
			code[n++] = 0x41;
		if (second)
			code[n++] = 0x0f;
		code[n++] = (uint8_t)op;
		code[n++] = 0x05;
		code[n] = 16;
		known = arch_decode(code, sizeof(code), &r, FS_BASE, &out);
		assert_int_equal(known, map[op] != '.' && map[op] != '-');
		if (!known)
			continue;
		assert_int_equal(out.access,
				 strchr("wWZ", map[op]) ? HOST_ACCESS_WRITE : HOST_ACCESS_READ);
		assert_int_equal(out.address, RIP + n + 4 + immediate(map[op], operand16) + 16);
		assert_null(out.privileged);
		assert_false(out.undefined || out.divides || out.jumps_through);
	}
}

static void every_opcode_is_looked_up(void **state)
{
	for (unsigned int way = 0; way < 4; way++) {
		look_up(map_0, false, way & 1, way & 2);
		if (!(way & 1))
			look_up(map_1, true, false, way & 2);
	}
}

static void every_opcode_has_its_alignment(void **state)
{
	static const uint8_t prefix[4] = { 0, 0x66, 0xf3, 0xf2 };
	const struct host_registers r = registers();

	for (unsigned int pp = 0; pp < 4; pp++) {
		for (unsigned int op = 0x10; op < 256; op++) {
			uint8_t legacy[16] = { 0 },
				vex[16] = { 0xc5, (uint8_t)(0xf8 | pp), (uint8_t)op };
			const bool is = aligned[pp][op / 16] >> op % 16 & 1;
			const bool moves = op == 0x28 || op == 0x29 || op == 0x2b ||
					   (pp == 1 && (op == 0x6f || op == 0x7f || op == 0xe7));
			struct arch_instruction out;
			unsigned int n = 0;

			/* groups, and what has no vector operand */
			if (op == 0xae || op == 0xc7 || strchr(".-x", map_1[op]))
				continue;
			if (pp)
				legacy[n++] = prefix[pp];
			legacy[n++] = 0x0f;
			legacy[n++] = (uint8_t)op;
			assert_true(arch_decode(legacy, sizeof(legacy), &r, FS_BASE, &out));
			assert_int_equal(out.alignment, is ? 16 : 1);
			assert_true(arch_decode(vex, sizeof(vex), &r, FS_BASE, &out));
			assert_int_equal(out.alignment, is && moves ? 16 : 1);
		}
	}
}

/* In the order of the groups 0 to 7: r read, w written, x no instruction or tested elsewhere. */
static const struct {
	const char *code, *groups;
	unsigned int immediates[8];
} grouped[] = {
	{ "\x80", "wwwwwwwr", { 1, 1, 1, 1, 1, 1, 1, 1 } },
	{ "\x81", "wwwwwwwr", { 4, 4, 4, 4, 4, 4, 4, 4 } },
	{ "\x83", "wwwwwwwr", { 1, 1, 1, 1, 1, 1, 1, 1 } },
	{ "\xf6", "rrwwrrrr", { 1, 1 } },
	{ "\xf7", "rrwwrrrr", { 4, 4 } },
	{ "\xfe", "wwxxxxxx", { 0 } },
	{ "\xff", "wwrxrxrx", { 0 } },
	{ "\xd8", "rrrrrrrr", { 0 } },
	{ "\xd9", "rxwwrrww", { 0 } },
	{ "\xda", "rrrrrrrr", { 0 } },
	{ "\xdb", "rwwwxrxw", { 0 } },
	{ "\xdc", "rrrrrrrr", { 0 } },
	{ "\xdd", "rwwwrxww", { 0 } },
	{ "\xde", "rrrrrrrr", { 0 } },
	{ "\xdf", "rwwwrrww", { 0 } },
	{ "\x0f\xae", "wrrwwrwr", { 0 } },
	{ "\x0f\xba", "xxxxrwww", { 1, 1, 1, 1, 1, 1, 1, 1 } },
};

static void groups_of_opcodes_are_told_apart(void **state)
{
	const struct host_registers r = registers();

	for (size_t i = 0; i < sizeof(grouped) / sizeof(grouped[0]); i++) {
		for (unsigned int g = 0; g < 8; g++) {
			const size_t n = strlen(grouped[i].code);
			struct arch_instruction out;
			uint8_t code[16] = { 0 };

			if (grouped[i].groups[g] == 'x')
				continue;
			memcpy(code, grouped[i].code, n);
			code[n] = (uint8_t)(g << 3 | 5);
			code[n + 1] = 16;
			assert_true(arch_decode(code, sizeof(code), &r, FS_BASE, &out));
			assert_int_equal(out.access, grouped[i].groups[g] == 'w' ?
							     HOST_ACCESS_WRITE :
							     HOST_ACCESS_READ);
			assert_int_equal(out.address, RIP + n + 5 + grouped[i].immediates[g] + 16);
			assert_int_equal(out.divides, (code[0] & 0xfe) == 0xf6 && g >= 6);
			assert_int_equal(out.jumps_through, code[0] == 0xff && (g == 2 || g == 4));
		}
	}
	READS("\x0f\xae\x08", 0x1000, 16);  /* fxrstor (%rax) */
	READS("\x0f\xae\x10", 0x1000, 1);   /* ldmxcsr (%rax) */
	WRITES("\x0f\xae\x18", 0x1000, 1);  /* stmxcsr (%rax) */
	WRITES("\x0f\xae\x20", 0x1000, 64); /* xsave (%rax) */
	READS("\x0f\xae\x28", 0x1000, 64);  /* xrstor (%rax) */
	WRITES("\x0f\xae\x30", 0x1000, 64); /* xsaveopt (%rax) */
	READS("\x0f\xae\x38", 0x1000, 1);   /* clflush (%rax) */
}

static void prefixes_change_what_an_opcode_does(void **state)
{
	WRITES("\x66\x0f\x7e\x00", 0x1000, 1);	   /* movd %xmm0,(%rax) */
	READS("\xf3\x0f\x7e\x00", 0x1000, 1);	   /* movq (%rax),%xmm0 */
	WRITES("\x66\x0f\xd6\x00", 0x1000, 1);	   /* movq %xmm0,(%rax) */
	READS("\xf2\x0f\xf0\x00", 0x1000, 1);	   /* lddqu (%rax),%xmm0 */
	READS("\x66\x0f\x38\x2a\x00", 0x1000, 16); /* movntdqa (%rax),%xmm0 */
	READS("\x0f\x38\xf0\x00", 0x1000, 1);	   /* movbe (%rax),%eax */
	WRITES("\x0f\x38\xf1\x00", 0x1000, 1);	   /* movbe %eax,(%rax) */
	READS("\xf2\x0f\x38\xf1\x00", 0x1000, 1);  /* crc32l (%rax),%eax */
	READS("\x0f\x38\xc8\x00", 0x1000, 16);	   /* sha1nexte (%rax),%xmm0 */
	/* pextrb, pextrw, pextrd, extractps */
	WRITES("\x66\x0f\x3a\x14\x05\x10\x00\x00\x00\x01", RIP + 10 + 0x10, 1);
	WRITES("\x66\x0f\x3a\x15\x00\x01", 0x1000, 1);
	WRITES("\x66\x0f\x3a\x16\x00\x01", 0x1000, 1);
	WRITES("\x66\x0f\x3a\x17\x00\x01", 0x1000, 1);
	WRITES("\xc4\xe3\x7d\x19\x00\x01", 0x1000, 1); /* vextractf128 $1,%ymm0,(%rax) */
	WRITES("\xc4\xe3\x7d\x39\x00\x01", 0x1000, 1); /* vextracti128 $1,%ymm0,(%rax) */
	WRITES("\xc4\xe3\x7d\x1d\x00\x01", 0x1000, 1); /* vcvtps2ph $1,%ymm0,(%rax) */
	READS("\xc4\xe3\x7d\x18\x00\x01", 0x1000, 1);  /* vinsertf128 $1,(%rax),... */
	WRITES("\xc4\xe2\x7d\x2e\x00", 0x1000, 1);     /* vmaskmovps %ymm0,%ymm0,(%rax) */
	WRITES("\xc4\xe2\x7d\x2f\x00", 0x1000, 1);     /* vmaskmovpd %ymm0,%ymm0,(%rax) */
	WRITES("\xc4\xe2\x7d\x8e\x00", 0x1000, 1);     /* vpmaskmovd %ymm0,%ymm0,(%rax) */
	READS("\xc4\xe2\x7d\x8c\x00", 0x1000, 1);      /* vpmaskmovd (%rax),%ymm0,%ymm0 */
	READS("\x67\x8b\x00", 0x1000, 1);	       /* mov (%eax),%eax */
	READS("\x64\x8b\x00", FS_BASE + 0x1000, 1);    /* mov %fs:(%rax),%eax */
	WRITES("\x66\xc7\x05\x10\x00\x00\x00\x01\x00", RIP + 9 + 0x10, 1); /* movw $1,... */
	READS("\x42\x8b\x04\x25\x10\x00\x00\x00", 0xd010, 1);  /* mov 0x10(,%r12,1),%eax */
	READS("\x41\x8b\x07", 0x10000, 1);		       /* mov (%r15),%eax */
	READS("\xc4\xa1\x78\x10\x04\x20", 0x1000 + 0xd000, 1); /* vmovups (%rax,%r12),%xmm0 */
}

static void operands_that_are_implied_are_known(void **state)
{
	struct arch_instruction it;

	for (unsigned int op = 0x50; op < 0x60; op++) {
		const char code[] = { (char)op, 0 };

		it = decode(code, 1);
		assert_int_equal(it.access, op < 0x58 ? HOST_ACCESS_WRITE : HOST_ACCESS_READ);
		assert_int_equal(it.address, op < 0x58 ? 0x5000 - 8 : 0x5000);
		assert_false(it.jumps_through);
	}
	WRITES("\x68", 0x5000 - 8, 1); /* push $... */
	WRITES("\x6a", 0x5000 - 8, 1);
	WRITES("\xe8", 0x5000 - 8, 1); /* call */
	READS("\xc9", 0x6000, 1);      /* leave */
	READS("\xa4", 0x7000, 1);      /* movsb */
	READS("\xa5", 0x7000, 1);
	READS("\xac", 0x7000, 1); /* lodsb */
	READS("\xad", 0x7000, 1);
	READS("\x64\xad", FS_BASE + 0x7000, 1);
	WRITES("\xab", 0x8000, 1);
	READS("\xae", 0x8000, 1); /* scasb */
	READS("\xaf", 0x8000, 1);
	assert_int_equal(DECODE("\xa5").second, 0x8000);
	assert_int_equal(DECODE("\xad").second, 0);
	READS("\xa0\x10\x32\x54\x76\x00\x00\x00\x00", 0x76543210, 1); /* movabs */
	READS("\xa1\x10\x32\x54\x76\x98\x00\x00\x00", 0x9876543210, 1);
	WRITES("\xa2\x10\x32\x54\x76\x00\x00\x00\x00", 0x76543210, 1);
	WRITES("\xa3\x10\x32\x54\x76\x00\x00\x00\x00", 0x76543210, 1);
	READS("\x67\xa0\x10\x32\x54\x76", 0x76543210, 1);
	it = DECODE("\xc2\x08\x00"); /* ret $8 */
	assert_true(it.jumps_through);
	assert_int_equal(it.address, 0x5000);
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
		{ "\xe4\x80", 2, "in (port input)" },
		{ "\xe5\x80", 2, "in (port input)" },
		{ "\xec", 1, "in (port input)" },
		{ "\xed", 1, "in (port input)" },
		{ "\xe6\x80", 2, "out (port output)" },
		{ "\xe7\x80", 2, "out (port output)" },
		{ "\xee", 1, "out (port output)" },
		{ "\xef", 1, "out (port output)" },
		{ "\x6c", 1, "ins (port input)" },
		{ "\x6d", 1, "ins (port input)" },
		{ "\x6f", 1, "outs (port output)" },
		{ "\xf3\x6e", 2, "outs (port output)" },
		{ "\xcd\x80", 2, "int (a software interrupt)" },
		{ "\x0f\x00\x00", 3, "sldt or str" },
		{ "\x0f\x00\x08", 3, "sldt or str" },
		{ "\x0f\x00\x10", 3, "lldt" },
		{ "\x0f\x00\x18", 3, "ltr" },
		{ "\x0f\x01\x00", 3, "sgdt, sidt or smsw" },
		{ "\x0f\x01\x08", 3, "sgdt, sidt or smsw" },
		{ "\x0f\x01\x10", 3, "lgdt" },
		{ "\x0f\x01\x18", 3, "lidt" },
		{ "\x0f\x01\x20", 3, "sgdt, sidt or smsw" },
		{ "\x0f\x01\x30", 3, "lmsw" },
		{ "\x0f\x01\x38", 3, "invlpg" },
		{ "\x0f\x01\xc1", 3, "an instruction for virtual machines" },
		{ "\x0f\x01\xd1", 3, "xsetbv" },
		{ "\x0f\x01\xf8", 3, "swapgs" },
		{ "\x0f\x06", 2, "clts" },
		{ "\x0f\x07", 2, "sysret" },
		{ "\x0f\x08", 2, "invd" },
		{ "\x0f\x09", 2, "wbinvd" },
		{ "\x0f\x20\xc0", 3, "mov of a control register" },
		{ "\x0f\x22\xc0", 3, "mov of a control register" },
		{ "\x0f\x21\xc0", 3, "mov of a debug register" },
		{ "\x0f\x23\xc0", 3, "mov of a debug register" },
		{ "\x0f\x30", 2, "wrmsr" },
		{ "\x0f\x31", 2, "rdtsc, which is switched off" },
		{ "\x0f\x32", 2, "rdmsr" },
		{ "\x0f\x33", 2, "rdpmc" },
		{ "\x0f\x34", 2, "sysenter" },
		{ "\x0f\x35", 2, "sysexit" },
		{ "\x48\xcf", 2, "iret" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_string_equal(decode(all[i].code, all[i].size).privileged, all[i].name);
	assert_null(DECODE("\x8b\x00").privileged);
	/* vmovups (%rax),%xmm0 with the map of hlt's opcode, and the same number behind 0f 38 */
	assert_null(DECODE("\xc5\xf8\x10\x00").privileged);
	assert_null(DECODE("\x66\x0f\x38\x09\x00").privileged);
	assert_true(DECODE("\x0f\x0b").undefined);
	assert_true(DECODE("\x0f\xb9\xc0").undefined);
	assert_true(DECODE("\x0f\xff\xc0").undefined);
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
	it = DECODE("\x41\xff\xd4");		  /* call *%r12 */
	assert_int_equal(it.address, 0xd000);
	it = DECODE("\xff\xe1"); /* jmp *%rcx */
	assert_int_equal(it.address, 0x2000);
	assert_int_equal(it.access, HOST_ACCESS_EXECUTE);
	assert_false(it.jumps_through);
	it = DECODE("\xf6\xf1"); /* div %cl */
	assert_int_equal(it.width, 1);
	assert_int_equal(it.divisor, 0);
	it = DECODE("\x40\xf6\xf5"); /* div %bpl */
	assert_int_equal(it.divisor, 0);
	it = DECODE("\x66\xf7\xf1"); /* div %cx */
	assert_int_equal(it.width, 2);
	assert_int_equal(it.divisor, 0x2000);
	it = DECODE("\x41\xf7\xf4"); /* div %r12d */
	assert_int_equal(it.width, 4);
	assert_int_equal(it.divisor, 0xd000);
	it = DECODE("\x48\xf7\xf1"); /* div %rcx */
	assert_int_equal(it.width, 8);
	assert_int_equal(it.divisor, 0x2000);
	assert_false(DECODE("\xf7\x21").divides); /* mull (%rcx) */
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
		cmocka_unit_test(every_opcode_is_looked_up),
		cmocka_unit_test(every_opcode_has_its_alignment),
		cmocka_unit_test(groups_of_opcodes_are_told_apart),
		cmocka_unit_test(prefixes_change_what_an_opcode_does),
		cmocka_unit_test(operands_that_are_implied_are_known),
		cmocka_unit_test(privileged_instructions_are_named),
		cmocka_unit_test(branches_and_divisions_are_told),
		cmocka_unit_test(what_is_not_known_is_not_told),
		cmocka_unit_test(any_bytes_will_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
