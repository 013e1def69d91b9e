# SPDX-License-Identifier: BSD-3-Clause
# sof_add_module(NAME [FOLDER folder] SOURCES file...)
#
# Build a loadable module: build/lib/sof-testbench/modules/NAME.so, or folder/NAME.so. It includes include/ and its own
# folder. What it calls is resolved from the program that loads it, which checks the names first.
#
# Layout of the object's memory: with -z relro the linker ends everything that is only written while
# the object is relocated (.data.rel.ro, .got, and .module, which the script below puts there) at a
# page boundary and the loader makes it read-only. So .data and .bss, the rest that is writable,
# begin on a page of their own, which can be granted to one domain without anything else in it; the
# page they end in has nothing behind them.

set(SOF_MODULE_DIR ${CMAKE_BINARY_DIR}/lib/sof-testbench/modules)
set(SOF_MODULE_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/module.ld)

function(sof_add_module name)
	cmake_parse_arguments(arg "" FOLDER SOURCES ${ARGN})
	if(NOT arg_SOURCES)
		message(FATAL_ERROR "sof_add_module(${name}): no SOURCES")
	endif()
	if(NOT arg_FOLDER)
		set(arg_FOLDER ${SOF_MODULE_DIR})
	endif()
	add_library(module_${name} MODULE ${arg_SOURCES})
	set_target_properties(module_${name} PROPERTIES
		PREFIX ""
		OUTPUT_NAME ${name}
		LIBRARY_OUTPUT_DIRECTORY ${arg_FOLDER}
		C_VISIBILITY_PRESET hidden
		LINK_DEPENDS ${SOF_MODULE_SCRIPT})
	target_include_directories(module_${name} PRIVATE ${CMAKE_SOURCE_DIR}/include)
	# A fault's backtrace walks frame pointers, and shows lines.
	target_compile_options(module_${name} PRIVATE
		-fPIC -g -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer)
	# No start files: a module has no constructors, and their data would be writable.
	target_link_options(module_${name} PRIVATE
		-nostartfiles -Wl,-z,relro,-z,now -Wl,-T,${SOF_MODULE_SCRIPT})
endfunction()
