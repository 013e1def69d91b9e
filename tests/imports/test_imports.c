/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The names that modules may import, against those that the module of the end-to-end test does: a
 * name that is allowed and not called there fails here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <elf_object.h>
#include <import_names.h>
#include <stdio.h>
#include <string.h>

struct object {
	struct elf_object elf;
	struct host_refusal refusal;
	unsigned int allowed, missing;
};

static void open_object(struct object *object, const char *path)
{
	memset(object, 0, sizeof(*object));
	assert_int_equal(elf_open(&object->elf, path, &object->refusal), 0);
	assert_int_equal(elf_check_segments(&object->elf), 0);
	assert_int_equal(elf_check_dynamic(&object->elf), 0);
}

static bool imports(const struct elf_object *elf, const char *name)
{
	for (size_t i = 1; i < elf->symbol_count; i++)
		if (elf->symbols[i].st_shndx == SHN_UNDEF &&
		    !strcmp(elf_symbol_name(elf, &elf->symbols[i]), name))
			return true;
	return false;
}

static void check_is_called(const char *name, void *arg)
{
	struct object *object = arg;

	/* Not every C library has all of them. */
	if (!dlsym(RTLD_DEFAULT, name))
		return;
	object->allowed++;
	if (imports(&object->elf, name))
		return;
	print_message("%s may be imported, but tests/imports/calls does not call it\n", name);
	object->missing++;
}

static void every_allowed_name_is_called(void **state)
{
	struct object object;

	open_object(&object, IMPORTS_OBJECTS "/calls.so");
	import_names_visit(check_is_called, &object);
	elf_close(&object.elf);
	assert_true(object.allowed > 300);
	assert_int_equal(object.missing, 0);
}

static void names_that_can_not_work_are_refused(void **state)
{
	static const char *const names[] = { "malloc",	  "printf",  "strdup",
					     "strerror",  "rand",    "getenv",
					     "setlocale", "exp",     "pthread_self",
					     "expx",	  "strtold", "_ZGVbN2v_malloc" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(import_name_is_allowed(names[i]), !strcmp(names[i], "exp"));
}

static void vector_variants_are_allowed(void **state)
{
	assert_true(import_name_is_allowed("_ZGVbN2v_exp"));
	assert_true(import_name_is_allowed("_ZGVdN8vv_powf"));
	assert_true(import_name_is_allowed("_ZGVeM16v_sinf"));
	assert_false(import_name_is_allowed("_ZGV"));
	assert_false(import_name_is_allowed("_ZGVbN2v"));
	assert_false(import_name_is_allowed("_ZGVxN2v_exp"));
}

/* Else the end-to-end test would try nothing of libmvec. */
static void the_compiler_makes_vector_calls(void **state)
{
	struct object object;
	unsigned int count = 0;

	open_object(&object, IMPORTS_OBJECTS "/vectors.so");
	for (size_t i = 1; i < object.elf.symbol_count; i++)
		count += !strncmp(elf_symbol_name(&object.elf, &object.elf.symbols[i]), "_ZGV", 4);
	elf_close(&object.elf);
#if defined(__clang__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	(void)count; /* clang makes them with -fveclib only; checks of accesses stand in between */
#else
	assert_true(count >= 8);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allowed_name_is_called),
		cmocka_unit_test(names_that_can_not_work_are_refused),
		cmocka_unit_test(vector_variants_are_allowed),
		cmocka_unit_test(the_compiler_makes_vector_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
