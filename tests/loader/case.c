/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A module that does nothing. Compiled as it is it can be loaded; each macro of cases.txt makes one
 * thing wrong with it, and each of good.txt another way of being right.
 */
#include <module/module/adapter_record.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>

#define CASE_UUID                                                                                  \
	_UUID_INIT(0xca5e0000, 0x0001, 0x4000, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01)
#define OTHER_UUID                                                                                 \
	_UUID_INIT(0xca5e0000, 0x0002, 0x4000, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02)
#define NO_UUID_AT_ALL _UUID_INIT(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

#ifdef HOST_CALL
#include <stdio.h>
#include <stdlib.h>
#endif
#ifdef HOST_VARIABLE
extern void *stdout;
#endif
#ifdef KERNEL_CALL
void *heap_kernel_zalloc(size_t size);
#endif
#ifdef NOWHERE
void frobnicate(void);
#endif
#ifdef WIDE_ATOMIC
static unsigned __int128 wide; /* a call of libatomic */
#endif
#ifdef FOREIGN_LIBRARY
void needed(void);
#endif
#ifdef THREAD_LOCAL
static __thread int calls;
#endif
#ifdef WRITABLE_CODE
__asm__(".section .both, \"awx\", @progbits\n.byte 0xc3\n.previous");
#endif
#ifdef TEXT_RELOCATION
__asm__(".text\n.globl text_word\ntext_word: .quad text_word\n");
#endif
#ifdef CONSTRUCTOR
__attribute__((constructor, used)) static void build_it(void)
{
	__builtin_trap();
}
#endif
#ifdef DESTRUCTOR
__attribute__((destructor, used)) static void tear_it_down(void)
{
	__builtin_trap();
}
#endif
#ifdef INDIRECT_FUNCTION
static void chosen(void)
{
}

__attribute__((used)) static void (*choose(void))(void)
{
	__builtin_trap();
	return chosen;
}

void indirect(void) __attribute__((ifunc("choose"), visibility("default")));
#endif

static int counter = 1;

__attribute__((unused)) static int case_init(struct processing_module *mod)
{
	counter++;
#ifdef HOST_CALL
	module_set_private_data(mod, malloc((size_t)counter));
	printf("%d\n", counter);
#endif
#ifdef HOST_VARIABLE
	module_set_private_data(mod, stdout);
#endif
#ifdef KERNEL_CALL
	module_set_private_data(mod, heap_kernel_zalloc(1));
#endif
#ifdef NOWHERE
	frobnicate();
#endif
#ifdef WIDE_ATOMIC
	__atomic_fetch_add(&wide, 1, __ATOMIC_SEQ_CST);
#endif
#ifdef FOREIGN_LIBRARY
	needed();
#endif
#ifdef THREAD_LOCAL
	calls++;
#endif
#ifdef INDIRECT_FUNCTION
	indirect();
#endif
	return 0;
}

__attribute__((unused)) static int case_process(struct processing_module *mod,
						struct sof_source **sources, int num_of_sources,
						struct sof_sink **sinks, int num_of_sinks)
{
	const size_t size =
		MIN(source_get_data_available(sources[0]), sink_get_free_size(sinks[0]));

	return size ? source_to_sink_copy(sources[0], sinks[0], true, size) : 0;
}

static const struct module_interface case_interface __attribute__((used)) = {
#ifdef OP_IS_DATA
	.init = (int (*)(struct processing_module *))(uintptr_t)&counter,
#elif !defined(NO_INIT)
	.init = case_init,
#endif
#ifndef NO_PROCESS
	.process = case_process,
#endif
};

#ifdef FUNCTION_ENTRY
static const struct module_interface *entry(void)
{
	__builtin_trap();
	return &case_interface;
}
#define ENTRY entry
#elif defined(NO_INTERFACE)
#define ENTRY 0
#elif defined(INTERFACE_ELSEWHERE)
#define ENTRY (char *)&counter + 0x1000000
#elif defined(ENTRY_POINTER)
SOF_LLEXT_MOD_ENTRY(old, &case_interface);
#define ENTRY old_llext_entry
#else
#define ENTRY &case_interface
#endif

#if defined(NO_NAME)
#define NAME ""
#elif defined(BAD_NAME)
#define NAME "a=b"
#elif defined(NO_UUID)
#define NAME "NO-UUID"
#else
#define NAME "CASE"
#endif

#if defined(ADAPTER) || defined(TWO_ADAPTERS) || defined(BOTH_KINDS)
static const struct sof_uuid case_uuid = CASE_UUID;
SOF_ADAPTER_RECORD(case_interface, case_uuid);
#endif
#ifdef TWO_ADAPTERS
static const struct sof_uuid other_uuid = OTHER_UUID;
static const struct module_interface other_interface = { .init = case_init,
							 .process = case_process };
SOF_ADAPTER_RECORD(other_interface, other_uuid);
#endif

#if defined(NO_MANIFEST) || defined(ADAPTER) || defined(TWO_ADAPTERS)
#elif defined(AUXILIARY_ONLY)
static const struct sof_man_module_manifest manifest __section(".module") __used =
	SOF_LLEXT_AUX_MANIFEST("CODE", &case_interface, OTHER_UUID);
#elif defined(AUXILIARY_TOO)
static const struct sof_man_module_manifest manifests[] __section(".module") __used = {
	SOF_LLEXT_AUX_MANIFEST("CODE", &case_interface, OTHER_UUID),
	SOF_LLEXT_MODULE_MANIFEST("CASE", &case_interface, 1, CASE_UUID, 3),
};
#elif defined(SAME_UUID) || defined(SAME_NAME) || defined(TWO_MANIFESTS)
static const struct sof_man_module_manifest manifests[] __section(".module") __used = {
#ifdef SAME_NAME
	SOF_LLEXT_MODULE_MANIFEST("TWIN", &case_interface, 1, CASE_UUID, 3),
	SOF_LLEXT_MODULE_MANIFEST("Twin", &case_interface, 1, OTHER_UUID, 3),
#else
	SOF_LLEXT_MODULE_MANIFEST("FIRST", &case_interface, 1, CASE_UUID, 3),
#ifdef SAME_UUID
	SOF_LLEXT_MODULE_MANIFEST("SECOND", &case_interface, 1, CASE_UUID, 3),
#else
	SOF_LLEXT_MODULE_MANIFEST("SECOND", &case_interface, 1, OTHER_UUID, 3, 1),
#endif
#endif
};
#elif defined(GAPS)
static const struct sof_man_module_manifest one __section(".module") __used
	__aligned(32) = SOF_LLEXT_MODULE_MANIFEST("FIRST", &case_interface, 1, CASE_UUID, 3);
static const struct sof_man_module_manifest two __section(".module") __used
	__aligned(64) = SOF_LLEXT_MODULE_MANIFEST("SECOND", &case_interface, 1, OTHER_UUID, 3);
#elif defined(NO_UUID)
static const struct sof_man_module_manifest manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST(NAME, ENTRY, 1, NO_UUID_AT_ALL, 3);
#elif defined(BOTH_KINDS)
static const struct sof_man_module_manifest manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("BOTH", ENTRY, 1, CASE_UUID, 3);
#else
static const struct sof_man_module_manifest manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST(NAME, ENTRY, 1, CASE_UUID, 3);
#endif

#if defined(NO_BUILD_INFO) || defined(ADAPTER) || defined(TWO_ADAPTERS)
#elif defined(NATIVE)
DECLARE_LOADABLE_MODULE_API_VERSION(case);
#elif defined(OLD_VERSION) || defined(STRANGE_FORMAT) || defined(IADK)
static const struct sof_module_api_build_info info __section(".mod_buildinfo") __used = {
#ifdef STRANGE_FORMAT
	.format = 0x1234,
#elif defined(OLD_VERSION)
	.format = SOF_MODULE_API_BUILD_INFO_FORMAT,
#endif
	.api_version_number = { .full = MODULE_API_VERSION_ENCODE(4, 5, 0) },
};
#else
SOF_LLEXT_BUILDINFO;
#endif
