# SPDX-License-Identifier: BSD-3-Clause
# sof_add_module(NAME SOURCES file... [INCLUDES folder...] [DEFINES NAME[=VALUE]...] [FOLDER folder]
#                [TOML file])
#
# Build a loadable module, NAME.so, in FOLDER (SOF_MODULE_DIR, the build's lib/sof-testbench/modules
# unless it is set). It includes the public headers, its own folder and INCLUDES. What it calls is
# resolved from the program that loads it, which checks the names first. TOML is the description of
# the module for the board, of which the formats it declares are taken; NAME.toml beside the first
# source unless it is told. The target is module_NAME.
#
# Variables, all set by find_package(SofTestbench), and here for this project itself:
#   SOF_TESTBENCH_INCLUDE_DIRS  the public headers
#   SOF_TESTBENCH_SCRIPT        linker script of modules
#   SOF_TESTBENCH_SANITIZE      sanitizers that the program is built with: modules must be as well
#
# Layout of the object's memory: with -z relro the linker ends everything that is only written while
# the object is relocated (.data.rel.ro, .got, and .module, which the script puts there) at a
# page boundary and the loader makes it read-only. So .data and .bss, the rest that is writable,
# begin on a page of their own, which can be granted to one domain without anything else in it; the
# page they end in has nothing behind them.

if(NOT SOF_MODULE_DIR)
	set(SOF_MODULE_DIR ${CMAKE_BINARY_DIR}/lib/sof-testbench/modules)
endif()

# What object and built-in module have in common.
function(sof_module_compile_options target)
	set_target_properties(${target} PROPERTIES
		C_VISIBILITY_PRESET hidden POSITION_INDEPENDENT_CODE ON)
	target_include_directories(${target} PRIVATE ${SOF_TESTBENCH_INCLUDE_DIRS} ${ARGN})
	# Modules see the configuration before any header, as in SOF's own builds.
	# A fault's backtrace walks frame pointers, and shows lines. Options.cmake has the reasons
	# for clang's options.
	target_compile_options(${target} PRIVATE "SHELL:-imacros autoconf.h"
		-g "$<$<C_COMPILER_ID:Clang>:-gdwarf-4;-gdwarf-aranges>"
		-fno-omit-frame-pointer -mno-omit-leaf-frame-pointer)
	if(SOF_TESTBENCH_SANITIZE)
		target_compile_options(${target} PRIVATE
			-fsanitize=${SOF_TESTBENCH_SANITIZE} -fno-sanitize-recover=all)
	endif()
endfunction()

function(sof_module_formats toml source)
	cmake_path(ABSOLUTE_PATH toml)
	get_filename_component(parts ${SOF_TESTBENCH_SCRIPT} DIRECTORY)
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${toml})
	execute_process(COMMAND awk -f ${parts}/formats.awk ${toml}
		OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
	file(CONFIGURE OUTPUT ${source} CONTENT "${text}" @ONLY)
endfunction()

function(sof_add_module name)
	cmake_parse_arguments(arg "" "FOLDER;TOML" "SOURCES;INCLUDES;DEFINES" ${ARGN})
	if(NOT arg_SOURCES)
		message(FATAL_ERROR "sof_add_module(${name}): no SOURCES")
	endif()
	if(arg_UNPARSED_ARGUMENTS)
		message(FATAL_ERROR "sof_add_module(${name}): ${arg_UNPARSED_ARGUMENTS} is not expected")
	endif()
	if(NOT arg_FOLDER)
		set(arg_FOLDER ${SOF_MODULE_DIR})
	endif()
	if(NOT arg_TOML)
		list(GET arg_SOURCES 0 first)
		get_filename_component(first ${first} ABSOLUTE)
		get_filename_component(first ${first} DIRECTORY)
		if(EXISTS ${first}/${name}.toml)
			set(arg_TOML ${first}/${name}.toml)
		endif()
	endif()
	if(arg_TOML)
		sof_module_formats(${arg_TOML} ${CMAKE_CURRENT_BINARY_DIR}/${name}-formats.c)
		list(APPEND arg_SOURCES ${CMAKE_CURRENT_BINARY_DIR}/${name}-formats.c)
	endif()
	add_library(module_${name} MODULE ${arg_SOURCES})
	sof_module_compile_options(module_${name} ${arg_INCLUDES})
	set_target_properties(module_${name} PROPERTIES
		PREFIX ""
		OUTPUT_NAME ${name}
		LIBRARY_OUTPUT_DIRECTORY ${arg_FOLDER}
		LINK_DEPENDS ${SOF_TESTBENCH_SCRIPT})
	target_compile_definitions(module_${name} PRIVATE ${arg_DEFINES})
	# No start files: a module has no constructors, and their data would be writable.
	# Its functions are its own, whatever the program has by the same names.
	target_link_options(module_${name} PRIVATE
		-nostartfiles -Wl,-z,relro,-z,now,-z,noexecstack -Wl,-Bsymbolic
		-Wl,-T,${SOF_TESTBENCH_SCRIPT})
	if(SOF_TESTBENCH_SANITIZE)
		target_link_options(module_${name} PRIVATE -fsanitize=${SOF_TESTBENCH_SANITIZE})
	endif()
endfunction()
