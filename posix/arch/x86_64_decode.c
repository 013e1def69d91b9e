/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Opcode numbers are those of the opcode maps in the Intel and AMD manuals. Maps: 0 one byte, 1 after
 * 0f, 2 after 0f 38, 3 after 0f 3a. Mandatory prefixes as VEX numbers them: 0 none, 1 66, 2 f3, 3 f2.
 */
#include "decode.h"

#include <string.h>

enum { PP_NONE, PP_66, PP_F3, PP_F2 };

/* DWARF's numbers (struct host_registers) of the registers in the order of instructions. */
static const uint8_t dwarf_of[16] = { 0, 2, 1, 3, 7, 6, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15 };

#define RSP 7
#define RBP 6
#define RSI 4
#define RDI 5
#define RIP 16

struct decoder {
	const uint8_t *code;
	size_t size, at;
	bool short_code; /* the instruction is longer than the bytes supplied */
	const struct host_registers *registers;
	bool operand16, address32, fs, gs, has_rex;
	unsigned int pp, map, rex; /* rex: its lower bits, W R X B */
	bool vex, evex;
	unsigned int vector; /* bytes of a vector register, of VEX and EVEX */
	uint8_t opcode, modrm;
};

static uint8_t next(struct decoder *d)
{
	if (d->at >= d->size) {
		d->short_code = true;
		return 0;
	}
	return d->code[d->at++];
}

static uint64_t number(struct decoder *d, unsigned int bytes)
{
	uint64_t value = 0;

	for (unsigned int i = 0; i < bytes; i++)
		value |= (uint64_t)next(d) << 8 * i;
	return value;
}

static int64_t signed_number(struct decoder *d, unsigned int bytes)
{
	const unsigned int unused = 64 - 8 * bytes;

	return (int64_t)(number(d, bytes) << unused) >> unused;
}

static uint64_t value_of(const struct decoder *d, unsigned int reg)
{
	return d->registers->dwarf[dwarf_of[reg & 15]];
}

static bool in(uint8_t opcode, uint8_t low, uint8_t high)
{
	return opcode >= low && opcode <= high;
}

static bool is_prefix(struct decoder *d, uint8_t byte)
{
	switch (byte) {
	case 0x66:
		d->operand16 = true;
		if (d->pp == PP_NONE)
			d->pp = PP_66;
		return true;
	case 0x67:
		d->address32 = true;
		return true;
	case 0xf2:
		d->pp = PP_F2;
		return true;
	case 0xf3:
		d->pp = PP_F3;
		return true;
	case 0x64:
		d->fs = true;
		return true;
	case 0x65:
		d->gs = true;
		return true;
	case 0x26:
	case 0x2e:
	case 0x36:
	case 0x3e:
	case 0xf0:
		return true;
	}
	return false;
}

/* VEX and EVEX hold REX's bits inverted. */
static void read_vex(struct decoder *d, uint8_t first)
{
	const uint8_t a = next(d);
	const uint8_t b = first == 0xc5 ? a : next(d);

	d->vex = true;
	d->rex = (~a & 0x80 ? 4 : 0);
	d->map = 1;
	if (first != 0xc5) {
		d->rex |= (~a & 0x40 ? 2 : 0) | (~a & 0x20 ? 1 : 0) | (b & 0x80 ? 8 : 0);
		d->map = a & (first == 0x62 ? 7 : 31);
	}
	d->pp = b & 3;
	d->vector = b & 4 ? 32 : 16;
	if (first == 0x62) {
		d->evex = true;
		d->vector = 16u << (next(d) >> 5 & 3);
	}
	d->opcode = next(d);
}

static void read_opcode(struct decoder *d)
{
	uint8_t byte = next(d);

	while (is_prefix(d, byte))
		byte = next(d);
	if (in(byte, 0x40, 0x4f)) {
		d->has_rex = true;
		d->rex = byte & 15;
		byte = next(d);
	}
	if (byte == 0xc4 || byte == 0xc5 || byte == 0x62) {
		read_vex(d, byte);
		return;
	}
	d->opcode = byte;
	if (byte != 0x0f)
		return;
	d->map = 1;
	d->opcode = next(d);
	if (d->opcode == 0x38 || d->opcode == 0x3a) {
		d->map = d->opcode == 0x38 ? 2 : 3;
		d->opcode = next(d);
	}
}

static bool has_modrm(const struct decoder *d)
{
	const uint8_t op = d->opcode;

	if (d->map == 0)
		return (op < 0x40 && (op & 7) < 4) || op == 0x63 || op == 0x69 || op == 0x6b ||
		       in(op, 0x80, 0x8f) || op == 0xc0 || op == 0xc1 || op == 0xc6 || op == 0xc7 ||
		       in(op, 0xd0, 0xd3) || in(op, 0xd8, 0xdf) || op == 0xf6 || op == 0xf7 ||
		       op == 0xfe || op == 0xff;
	if (d->map == 1)
		return !(in(op, 0x04, 0x0c) || op == 0x0e || in(op, 0x30, 0x37) || op == 0x77 ||
			 in(op, 0x80, 0x8f) || in(op, 0xa0, 0xa2) || in(op, 0xa8, 0xaa) ||
			 in(op, 0xc8, 0xcf));
	return d->map == 2 || d->map == 3;
}

static unsigned int group(const struct decoder *d)
{
	return d->modrm >> 3 & 7;
}

/* Bytes after the operand; RIP-relative addresses count from the next instruction. */
static unsigned int immediate_bytes(const struct decoder *d)
{
	const uint8_t op = d->opcode;
	const unsigned int word = d->operand16 ? 2 : 4;

	if (d->map == 0) {
		if (op == 0x69 || op == 0x81 || op == 0xc7 || (op == 0xf7 && group(d) < 2))
			return word;
		return op == 0x6b || op == 0x80 || op == 0x83 || op == 0xc0 || op == 0xc1 ||
		       op == 0xc6 || (op == 0xf6 && group(d) < 2);
	}
	if (d->map == 1)
		return in(op, 0x70, 0x73) || op == 0xa4 || op == 0xac || op == 0xba || op == 0xc2 ||
		       in(op, 0xc4, 0xc6);
	return d->map == 3;
}

/* Vector operands in memory that must be aligned: with legacy encoding nearly all, with VEX only
 * the aligned moves. */
static bool is_aligned_move(const struct decoder *d)
{
	const uint8_t op = d->opcode;

	if (d->map == 1)
		return ((op == 0x28 || op == 0x29 || op == 0x2b) && d->pp <= PP_66) ||
		       ((op == 0x6f || op == 0x7f || op == 0xe7) && d->pp == PP_66);
	return d->map == 2 && op == 0x2a && d->pp == PP_66;
}

static bool is_whole_vector_map1(const struct decoder *d)
{
	const uint8_t op = d->opcode;

	switch (d->pp) {
	case PP_NONE:
		return op == 0x14 || op == 0x15 || (in(op, 0x51, 0x5f) && op != 0x5a) ||
		       op == 0xc2 || op == 0xc6;
	case PP_66:
		return op == 0x14 || op == 0x15 || in(op, 0x51, 0x6d) || op == 0x70 ||
		       in(op, 0x74, 0x76) || op == 0x7c || op == 0x7d || op == 0xc2 || op == 0xc6 ||
		       (in(op, 0xd0, 0xfe) && op != 0xd6 && op != 0xd7 && op != 0xf7);
	case PP_F3:
		return op == 0x12 || op == 0x16 || op == 0x5b || op == 0x70;
	default:
		return op == 0x70 || op == 0x7c || op == 0x7d || op == 0xd0 || op == 0xe6;
	}
}

static bool is_whole_vector(const struct decoder *d)
{
	const uint8_t op = d->opcode;

	if (d->map == 1)
		return is_whole_vector_map1(d);
	if (d->map == 2 && d->pp == PP_NONE)
		return in(op, 0xc8, 0xcd);
	if (d->map == 2 && d->pp == PP_66)
		return in(op, 0x00, 0x0b) || op == 0x10 || op == 0x14 || op == 0x15 || op == 0x17 ||
		       in(op, 0x1c, 0x1e) || in(op, 0x28, 0x2b) || in(op, 0x37, 0x41) ||
		       op == 0xcf || in(op, 0xdb, 0xdf);
	if (d->map == 3 && d->pp == PP_66)
		return op == 0x08 || op == 0x09 || in(op, 0x0c, 0x0f) || in(op, 0x40, 0x44) ||
		       in(op, 0x60, 0x63) || op == 0xce || op == 0xcf || op == 0xdf;
	return d->map == 3 && d->pp == PP_NONE && op == 0xcc;
}

static unsigned int alignment_of(const struct decoder *d)
{
	if (is_aligned_move(d))
		return d->vex ? d->vector : 16;
	if (d->vex)
		return 1;
	if (d->map == 1 && d->opcode == 0xc7 && group(d) == 1 && d->rex & 8)
		return 16; /* cmpxchg16b */
	if (d->map == 1 && d->opcode == 0xae && d->pp == PP_NONE)
		return group(d) <= 1 ? 16 : in((uint8_t)group(d), 4, 6) ? 64 : 1;
	return d->map && is_whole_vector(d) ? 16 : 1;
}

static bool writes_map0(const struct decoder *d)
{
	const uint8_t op = d->opcode;
	const unsigned int g = group(d);

	if (op < 0x38)
		return (op & 7) < 2;
	if (in(op, 0x80, 0x83))
		return g != 7;
	if (op == 0xf6 || op == 0xf7)
		return g == 2 || g == 3;
	if (in(op, 0xd8, 0xdf))
		return op & 1 && (g == 2 || g == 3 || g == 7 || (op != 0xdb && g == 6) ||
				  (op != 0xd9 && g == 1));
	return in(op, 0x86, 0x89) || op == 0x8c || op == 0x8f || op == 0xc0 || op == 0xc1 ||
	       op == 0xc6 || op == 0xc7 || in(op, 0xd0, 0xd3) ||
	       ((op == 0xfe || op == 0xff) && g < 2);
}

static bool writes(const struct decoder *d)
{
	const uint8_t op = d->opcode;

	if (d->map == 0)
		return writes_map0(d);
	if (d->map == 2)
		return (op == 0xf1 && d->pp <= PP_66) ||
		       (d->vex && (op == 0x2e || op == 0x2f || op == 0x8e));
	if (d->map == 3)
		return in(op, 0x14, 0x17) || (d->vex && (op == 0x19 || op == 0x1d || op == 0x39));
	return op == 0x11 || op == 0x13 || op == 0x17 || op == 0x29 || op == 0x2b ||
	       (op == 0x7e && d->pp != PP_F3) || op == 0x7f || in(op, 0x90, 0x9f) || op == 0xa4 ||
	       op == 0xa5 || op == 0xab || op == 0xac || op == 0xad || in(op, 0xb0, 0xb1) ||
	       op == 0xb3 || (op == 0xba && group(d) >= 5) || op == 0xbb || op == 0xc0 ||
	       op == 0xc1 || op == 0xc3 || op == 0xc7 || op == 0xd6 || op == 0xe7 ||
	       (op == 0xae && (group(d) == 0 || in((uint8_t)group(d), 3, 4) || group(d) == 6));
}

static uintptr_t segment(const struct decoder *d, uintptr_t fs_base, uintptr_t address)
{
	if (d->address32)
		address &= UINT32_MAX;
	return address + (d->fs ? fs_base : 0);
}

/* Where the operand of a ModRM byte is; the byte has been read. */
static uintptr_t effective_address(struct decoder *d, uintptr_t fs_base)
{
	const unsigned int mod = d->modrm >> 6, rm = d->modrm & 7;
	uintptr_t base = 0, index = 0;
	int64_t displacement = 0;
	bool relative = false;

	if (rm == 4) {
		const uint8_t sib = next(d);
		const unsigned int i = (sib >> 3 & 7) | (d->rex & 2 ? 8 : 0);

		if (i != 4)
			index = value_of(d, i) << (sib >> 6);
		if ((sib & 7) == 5 && mod == 0)
			displacement = signed_number(d, 4);
		else
			base = value_of(d, (sib & 7) | (d->rex & 1 ? 8 : 0));
	} else if (rm == 5 && mod == 0) {
		displacement = signed_number(d, 4);
		relative = true;
	} else {
		base = value_of(d, rm | (d->rex & 1 ? 8 : 0));
	}
	if (mod == 1)
		displacement = signed_number(d, 1) * (d->evex ? (int64_t)d->vector : 1);
	else if (mod == 2)
		displacement = signed_number(d, 4);
	if (relative)
		base = d->registers->dwarf[RIP] + d->at + immediate_bytes(d);
	return segment(d, fs_base, base + index + (uintptr_t)displacement);
}

static const char *privileged_map1(const struct decoder *d)
{
	const unsigned int g = group(d);

	switch (d->opcode) {
	case 0x00:
		return g == 2 ? "lldt" : g == 3 ? "ltr" : "sldt or str";
	case 0x01:
		if (d->modrm >= 0xc0)
			return d->modrm == 0xf8 ? "swapgs" :
			       d->modrm == 0xd1 ? "xsetbv" :
						  "an instruction for virtual machines";
		return g == 2 ? "lgdt" :
		       g == 3 ? "lidt" :
		       g == 6 ? "lmsw" :
		       g == 7 ? "invlpg" :
				"sgdt, sidt or smsw";
	case 0x06:
		return "clts";
	case 0x07:
		return "sysret";
	case 0x08:
		return "invd";
	case 0x09:
		return "wbinvd";
	case 0x20:
	case 0x22:
		return "mov of a control register";
	case 0x21:
	case 0x23:
		return "mov of a debug register";
	case 0x30:
		return "wrmsr";
	case 0x31:
		return "rdtsc, which is switched off";
	case 0x32:
		return "rdmsr";
	case 0x33:
		return "rdpmc";
	case 0x34:
		return "sysenter";
	case 0x35:
		return "sysexit";
	}
	return NULL;
}

static const char *privileged_name(const struct decoder *d)
{
	const uint8_t op = d->opcode;

	if (d->vex || d->map > 1)
		return NULL;
	if (d->map == 1)
		return privileged_map1(d);
	if (op == 0xe4 || op == 0xe5 || op == 0xec || op == 0xed)
		return "in (port input)";
	if (op == 0xe6 || op == 0xe7 || op == 0xee || op == 0xef)
		return "out (port output)";
	if (in(op, 0x6c, 0x6f))
		return op < 0x6e ? "ins (port input)" : "outs (port output)";
	return op == 0xf4 ? "hlt" :
	       op == 0xfa ? "cli" :
	       op == 0xfb ? "sti" :
	       op == 0xcd ? "int (a software interrupt)" :
	       op == 0xcf ? "iret" :
			    NULL;
}

static void touch(struct arch_instruction *out, enum host_access access, uintptr_t address)
{
	out->access = access;
	out->address = address;
}

/* Operands of instructions without a ModRM byte. False: none known. */
static bool implied_operand(struct decoder *d, uintptr_t fs_base, struct arch_instruction *out)
{
	const uint64_t *r = d->registers->dwarf;
	const uint8_t op = d->opcode;

	if (d->map)
		return false;
	if (op == 0xa4 || op == 0xa5) {
		touch(out, HOST_ACCESS_READ, segment(d, fs_base, r[RSI]));
		out->second = r[RDI];
	} else if (op == 0xac || op == 0xad) {
		touch(out, HOST_ACCESS_READ, segment(d, fs_base, r[RSI]));
	} else if (op == 0xaa || op == 0xab) {
		touch(out, HOST_ACCESS_WRITE, r[RDI]);
	} else if (op == 0xae || op == 0xaf) {
		touch(out, HOST_ACCESS_READ, r[RDI]);
	} else if (in(op, 0xa0, 0xa3)) {
		touch(out, op < 0xa2 ? HOST_ACCESS_READ : HOST_ACCESS_WRITE,
		      segment(d, fs_base, number(d, d->address32 ? 4 : 8)));
	} else if (in(op, 0x50, 0x57) || op == 0x68 || op == 0x6a || op == 0xe8) {
		touch(out, HOST_ACCESS_WRITE, r[RSP] - 8);
	} else if (op == 0xc3 || op == 0xc2) {
		touch(out, HOST_ACCESS_READ, r[RSP]);
		out->jumps_through = true;
	} else if (in(op, 0x58, 0x5f) || op == 0xc9) {
		touch(out, HOST_ACCESS_READ, r[op == 0xc9 ? RBP : RSP]);
	} else {
		return false;
	}
	return true;
}

static void divisor(const struct decoder *d, struct arch_instruction *out)
{
	const bool byte = d->opcode == 0xf6;
	const unsigned int reg = (d->modrm & 7) | (d->rex & 1 ? 8 : 0);

	out->divides = true;
	out->width = byte ? 1 : d->rex & 8 ? 8 : d->operand16 ? 2 : 4;
	if (d->modrm < 0xc0)
		return;
	/* Without REX the byte registers 4 to 7 are the second bytes of 0 to 3. */
	if (byte && !d->has_rex && reg >= 4)
		out->divisor = value_of(d, reg - 4) >> 8 & 0xff;
	else
		out->divisor = value_of(d, reg) &
			       (out->width == 8 ? UINT64_MAX : ((uint64_t)1 << 8 * out->width) - 1);
}

static bool operand(struct decoder *d, uintptr_t fs_base, struct arch_instruction *out)
{
	const unsigned int g = group(d);
	const bool branches = d->map == 0 && d->opcode == 0xff && (g == 2 || g == 4);

	if (d->map == 0 && (d->opcode == 0xf6 || d->opcode == 0xf7) && g >= 6)
		divisor(d, out);
	if (d->modrm >= 0xc0) {
		if (branches)
			touch(out, HOST_ACCESS_EXECUTE,
			      value_of(d, (d->modrm & 7) | (d->rex & 1 ? 8 : 0)));
		return branches || out->divides;
	}
	/* lea, nop and prefetch do not access their address. With EVEX, only whole vectors scale
	 * the displacement as done here. Nothing in this program uses gs. */
	if ((d->map == 0 && d->opcode == 0x8d) || d->gs ||
	    (d->map == 1 && (d->opcode == 0x0d || in(d->opcode, 0x18, 0x1f))) ||
	    (d->evex && !is_aligned_move(d)))
		return false;
	touch(out, writes(d) ? HOST_ACCESS_WRITE : HOST_ACCESS_READ, effective_address(d, fs_base));
	out->alignment = alignment_of(d);
	out->jumps_through = branches;
	return true;
}

bool arch_decode(const uint8_t *code, size_t size, const struct host_registers *registers,
		 uintptr_t fs_base, struct arch_instruction *out)
{
	struct decoder d = { .code = code, .size = size, .registers = registers };
	bool known;

	memset(out, 0, sizeof(*out));
	out->alignment = 1;
	read_opcode(&d);
	if (has_modrm(&d))
		d.modrm = next(&d);
	if (d.short_code)
		return false;
	out->privileged = privileged_name(&d);
	out->undefined =
		d.map == 1 && !d.vex && (d.opcode == 0x0b || d.opcode == 0xb9 || d.opcode == 0xff);
	if (out->privileged || out->undefined)
		return true;
	known = has_modrm(&d) ? operand(&d, fs_base, out) : implied_operand(&d, fs_base, out);
	if (known && !d.short_code)
		return true;
	memset(out, 0, sizeof(*out));
	return false;
}
