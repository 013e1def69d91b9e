/* SPDX-License-Identifier: BSD-3-Clause */
/* The loader's interface: results, refusals, what an object gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <errno.h>
#include <host/loader.h>
#include <host/platform.h>
#include <imports.h>
#include <limits.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct host_refusal refusal;

static int board_up(void **state)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_NONE };

	return host_init(&config);
}

static int board_down(void **state)
{
	return host_exit() ? -1 : 0;
}

static const char *object_path(const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), LOADER_OBJECTS "/%s.so", name);
	return path;
}

static struct host_object *load_good(const char *name)
{
	struct host_object *object;
	int ret = host_object_load(object_path(name), 0, &object, &refusal);

	if (ret)
		print_message("%s: %s\n", name, refusal.text);
	assert_int_equal(ret, 0);
	assert_non_null(object);
	return object;
}

static void refused(const char *path, unsigned int flags, int error, const char *words)
{
	struct host_object *object = (struct host_object *)&object;

	assert_int_equal(host_object_load(path, flags, &object, &refusal), error);
	assert_null(object);
	assert_non_null(strstr(refusal.text, words));
	assert_null(strchr(refusal.text, '\n'));
	/* It never got as far as the dynamic linker. */
	assert_null(dlopen(path, RTLD_LAZY | RTLD_NOLOAD));
}

static void results_tell_what_kind_of_thing_is_wrong(void **state)
{
	refused(object_path("there-is-none"), 0, -ENOENT, "No such file");
	refused("/proc/self", 0, -ENOEXEC, "not a regular file");
	refused(object_path("no-manifest"), 0, -ENOEXEC, "no module in it");
	refused(object_path("constructor"), 0, -ENOEXEC, "constructor");
	refused(object_path("foreign-library"), 0, -ENOEXEC, "libneeded.so");
	refused(object_path("same-uuid"), 0, -EINVAL, "same UUID");
	refused(object_path("no-init"), 0, -EINVAL, "init()");
	assert_string_equal(refusal.import, "");
	refused(object_path("host-call"), 0, -ENOLINK, "malloc, printf");
	assert_string_equal(refusal.import, "malloc");
	refused(object_path("nowhere"), HOST_LOAD_ALLOW_HOST_CALLS, -ENOLINK, "frobnicate");
	assert_string_equal(refusal.import, "frobnicate");
}

static void a_path_that_is_too_long_is_refused(void **state)
{
	static char path[PATH_MAX + 10];

	memset(path, 'a', sizeof(path) - 1);
	refused(path, 0, -ENAMETOOLONG, "name too long");
}

static void an_object_gives_its_modules_in_order(void **state)
{
	struct host_object *object = load_good("two-manifests");
	const struct host_module *modules;
	size_t count;

	modules = host_object_modules(object, &count);
	assert_int_equal(count, 2);
	assert_string_equal(modules[0].name, "first");
	assert_string_equal(modules[1].name, "second");
	assert_int_equal(modules[0].uuid[4], 1);
	assert_int_equal(modules[1].uuid[4], 2);
	assert_true(modules[0].has_manifest);
	assert_false(modules[0].user_mode);
	assert_true(modules[1].user_mode);
	assert_int_equal(modules[0].instances_max, 3);
	assert_non_null(modules[0].ops->init);
	assert_non_null(modules[0].ops->process);
	assert_null(modules[0].ops->free);
	assert_string_equal(host_object_path(object), object_path("two-manifests"));
	assert_string_equal(host_object_host_calls(object), "");
	host_object_unload(&object);
	assert_null(object);
	assert_null(dlopen(object_path("two-manifests"), RTLD_LAZY | RTLD_NOLOAD));
}

static const struct host_module *find_module(const struct host_object *object, const char *name)
{
	size_t count, i;
	const struct host_module *modules = host_object_modules(object, &count);

	for (i = 0; i < count; i++)
		if (!strcmp(modules[i].name, name))
			return &modules[i];
	fail_msg("there is no module %s", name);
	return NULL;
}

/* Compilers put them down in any order. */
static void records_of_adapters_give_the_same(void **state)
{
	struct host_object *object = load_good("two-adapters");
	const struct host_module *module = find_module(object, "case");

	assert_false(module->has_manifest);
	assert_int_equal(module->uuid[4], 1);
	assert_non_null(module->ops->process);
	module = find_module(object, "other");
	assert_int_equal(module->uuid[4], 2);
	assert_non_null(module->ops->process);
	host_object_unload(&object);
}

static void an_entry_pointer_leads_to_the_interface(void **state)
{
	struct host_object *object = load_good("entry-pointer");
	size_t count;
	const struct host_module *module = host_object_modules(object, &count);

	assert_int_equal(count, 1);
	assert_non_null(module->ops->init);
	assert_non_null(module->ops->process);
	host_object_unload(&object);
}

static void auxiliary_code_is_left_out(void **state)
{
	struct host_object *object = load_good("auxiliary-too");
	size_t count;

	assert_string_equal(host_object_modules(object, &count)->name, "case");
	assert_int_equal(count, 1);
	host_object_unload(&object);
}

static void writable_pages_are_told_and_hold_no_constants(void **state)
{
	struct host_object *object = load_good("manifest");
	size_t count, modules, i;
	const struct k_mem_partition *data = host_object_data(object, &count);
	uintptr_t ops = (uintptr_t)host_object_modules(object, &modules)->ops;

	assert_true(count > 0);
	for (i = 0; i < count; i++) {
		assert_int_equal(data[i].start % 4096, 0);
		assert_int_equal(data[i].size % 4096, 0);
		assert_false(ops - data[i].start < data[i].size);
	}
	host_object_unload(&object);
}

static void host_calls_come_in_when_they_may(void **state)
{
	struct host_object *object;

	assert_int_equal(host_object_load(object_path("host-call"), HOST_LOAD_ALLOW_HOST_CALLS,
					  &object, &refusal),
			 0);
	assert_string_equal(host_object_host_calls(object), "malloc, printf");
	host_object_unload(&object);
}

static void unloading_nothing_is_allowed(void **state)
{
	struct host_object *object = NULL;

	host_object_unload(&object);
	assert_null(object);
}

static void what_public_headers_declare_is_exported(void **state)
{
	assert_true(imports_is_exported("source_get_data"));
	assert_true(imports_is_exported("mod_alloc_ext"));
	assert_true(imports_is_exported("k_sem_take") || imports_is_exported("z_impl_k_sem_take"));
	assert_false(imports_is_exported("heap_kernel_zalloc"));
	assert_false(imports_is_exported("host_object_load"));
	assert_false(imports_is_exported("malloc"));
	assert_false(imports_is_exported(""));
}

static void nothing_is_built_in_here(void **state)
{
	struct host_module module;

	assert_int_equal(host_builtin_module(0, &module), -ENOENT);
	assert_null(module.ops);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_tell_what_kind_of_thing_is_wrong),
		cmocka_unit_test(a_path_that_is_too_long_is_refused),
		cmocka_unit_test(an_object_gives_its_modules_in_order),
		cmocka_unit_test(records_of_adapters_give_the_same),
		cmocka_unit_test(an_entry_pointer_leads_to_the_interface),
		cmocka_unit_test(auxiliary_code_is_left_out),
		cmocka_unit_test(writable_pages_are_told_and_hold_no_constants),
		cmocka_unit_test(host_calls_come_in_when_they_may),
		cmocka_unit_test(unloading_nothing_is_allowed),
		cmocka_unit_test(what_public_headers_declare_is_exported),
		cmocka_unit_test(nothing_is_built_in_here),
	};

	return cmocka_run_group_tests(tests, board_up, board_down);
}
