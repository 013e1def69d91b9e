/* SPDX-License-Identifier: BSD-3-Clause */
#include "import_names.h"

#include <rtos/userspace_helper.h>
#include <stdio.h>
#include <string.h>

#define NAME_MAX_BYTES 64

static const char *const c_library[] = {
	/* abort() and exit() end the module's thread: host_exit_calls.c */
	"abort",
	"exit",
	/* c_library.c */
	"qsort",
	"qsort_r",
	"signgam",
	"__signgam",

	"abs",
	"atof",
	"atoi",
	"atol",
	"atoll",
	"bsearch",
	"div",
	"labs",
	"ldiv",
	"llabs",
	"lldiv",
	"strtod",
	"strtof",
	"strtol",
	"strtoll",
	"strtoul",
	"strtoull",

	"bcmp",
	"memchr",
	"memcmp",
	"memcpy",
	"memmem",
	"memmove",
	"memrchr",
	"memset",
	"stpcpy",
	"strcasecmp",
	"strcat",
	"strchr",
	"strcmp",
	"strcpy",
	"strcspn",
	"strlen",
	"strncasecmp",
	"strncat",
	"strncmp",
	"strncpy",
	"strnlen",
	"strpbrk",
	"strrchr",
	"strspn",
	"strstr",
	"strtok_r",

	"isalnum",
	"isalpha",
	"isblank",
	"iscntrl",
	"isdigit",
	"isgraph",
	"islower",
	"isprint",
	"ispunct",
	"isspace",
	"isupper",
	"isxdigit",
	"tolower",
	"toupper",

	"snprintf",
	"vsnprintf",
};

/* What headers and compilers make of the above, of assert(), errno and the compiler's own checks. */
static const char *const compiler[] = {
	"__assert_fail",     "__ctype_b_loc",	 "__ctype_tolower_loc", "__ctype_toupper_loc",
	"__errno_location",  "__isoc23_strtol",	 "__isoc23_strtoll",	"__isoc23_strtoul",
	"__isoc23_strtoull", "__memcpy_chk",	 "__memmove_chk",	"__memset_chk",
	"__snprintf_chk",    "__stack_chk_fail", "__stpcpy_chk",	"__strcat_chk",
	"__strcpy_chk",	     "__strncat_chk",	 "__strncpy_chk",	"__vsnprintf_chk",
};

/* Each also with f and l behind it, for float and long double. */
static const char *const arithmetic[] = {
	"acos",	      "acosh",	      "asin",	   "asinh",    "atan",	      "atan2",
	"atanh",      "cbrt",	      "ceil",	   "copysign", "cos",	      "cosh",
	"drem",	      "erf",	      "erfc",	   "exp",      "exp10",	      "exp2",
	"expm1",      "fabs",	      "fdim",	   "floor",    "fma",	      "fmax",
	"fmin",	      "fmod",	      "frexp",	   "gamma",    "hypot",	      "ilogb",
	"j0",	      "j1",	      "jn",	   "ldexp",    "lgamma",      "llrint",
	"llround",    "log",	      "log10",	   "log1p",    "log2",	      "logb",
	"lrint",      "lround",	      "modf",	   "nan",      "nearbyint",   "nextafter",
	"nexttoward", "pow",	      "remainder", "remquo",   "rint",	      "round",
	"roundeven",  "scalb",	      "scalbln",   "scalbn",   "significand", "sin",
	"sincos",     "sinh",	      "sqrt",	   "tan",      "tanh",	      "tgamma",
	"trunc",      "y0",	      "y1",	   "yn",

	"cabs",	      "cacos",	      "cacosh",	   "carg",     "casin",	      "casinh",
	"catan",      "catanh",	      "ccos",	   "ccosh",    "cexp",	      "cimag",
	"clog",	      "clog10",	      "conj",	   "cpow",     "cproj",	      "creal",
	"csin",	      "csinh",	      "csqrt",	   "ctan",     "ctanh",

	"__finite",   "__fpclassify", "__iseqsig", "__isinf",  "__isnan",     "__issignaling",
	"__signbit",  "finite",	      "isinf",	   "isnan",
};

/* As they are. */
static const char *const arithmetic_others[] = {
	"feclearexcept",   "fedisableexcept", "feenableexcept", "fegetenv",	 "fegetexcept",
	"fegetexceptflag", "fegetround",      "feholdexcept",	"feraiseexcept", "fesetenv",
	"fesetexceptflag", "fesetround",      "fetestexcept",	"feupdateenv",	 "lgamma_r",
	"lgammaf_r",	   "lgammal_r",
};

static const char *const types[] = { "", "f", "l" };

static bool is_listed(const char *name, size_t length, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == length && !memcmp(name, list[i], length))
			return true;
	return false;
}

static bool is_arithmetic(const char *name, size_t length)
{
	return is_listed(name, length, arithmetic, ARRAY_SIZE(arithmetic)) ||
	       (length > 1 && (name[length - 1] == 'f' || name[length - 1] == 'l') &&
		is_listed(name, length - 1, arithmetic, ARRAY_SIZE(arithmetic)));
}

/* _ZGV, instruction set, mask, lanes, one letter an argument, then _ and the scalar function. */
static const char *scalar_name(const char *name)
{
	const char *at = name;

	if (strncmp(at, "_ZGV", 4) || !strchr("bcde", at[4]) || !at[4] ||
	    (at[5] != 'N' && at[5] != 'M'))
		return NULL;
	at += 6;
	at += strspn(at, "0123456789");
	at += strspn(at, "vul");
	return *at == '_' ? at + 1 : NULL;
}

bool import_name_is_allowed(const char *name)
{
	const char *scalar = scalar_name(name);
	size_t length = strlen(name);

	if (scalar)
		return is_arithmetic(scalar, strlen(scalar));
	return is_listed(name, length, c_library, ARRAY_SIZE(c_library)) ||
	       is_listed(name, length, compiler, ARRAY_SIZE(compiler)) ||
	       is_listed(name, length, arithmetic_others, ARRAY_SIZE(arithmetic_others)) ||
	       is_arithmetic(name, length);
}

static void visit_list(const char *const *list, size_t count,
		       void (*visit)(const char *name, void *arg), void *arg)
{
	for (size_t i = 0; i < count; i++)
		visit(list[i], arg);
}

void import_names_visit(void (*visit)(const char *name, void *arg), void *arg)
{
	char name[NAME_MAX_BYTES];

	visit_list(c_library, ARRAY_SIZE(c_library), visit, arg);
	visit_list(compiler, ARRAY_SIZE(compiler), visit, arg);
	visit_list(arithmetic_others, ARRAY_SIZE(arithmetic_others), visit, arg);
	for (size_t i = 0; i < ARRAY_SIZE(arithmetic); i++) {
		for (size_t type = 0; type < ARRAY_SIZE(types); type++) {
			snprintf(name, sizeof(name), "%s%s", arithmetic[i], types[type]);
			visit(name, arg);
		}
	}
}
