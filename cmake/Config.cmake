# SPDX-License-Identifier: BSD-3-Clause
# What can be chosen of the firmware's configuration, and build/include/autoconf.h made of it.

# sof_config(NAME DEFAULT LEAST MOST HELP): a whole number in the cache.
function(sof_config name default least most help)
	set(${name} ${default} CACHE STRING "${help}")
	if(NOT ${name} MATCHES "^[0-9]+$" OR ${name} LESS ${least} OR ${name} GREATER ${most})
		message(FATAL_ERROR "${name}=${${name}}: a number from ${least} to ${most} is needed")
	endif()
endfunction()

sof_config(SOF_LOG_LEVEL 3 0 4 "Gravest messages only (1) to all (4): what modules are compiled with")
sof_config(SOF_CORE_COUNT 4 1 16 "Most virtual cores a board can have")
sof_config(SOF_MAX_CONNECTIONS 8 1 8 "Inputs, and outputs, that a module can have")
sof_config(SOF_MAX_BLOB_BYTES 131072 1024 1073741824 "Largest configuration of a module")
sof_config(SOF_HEAP_BYTES 49152 4096 1073741824 "Heap of a DP module that asks for none")
sof_config(SOF_STACK_BYTES 16384 4096 67108864 "Stack of a DP module that asks for none")

set(SOF_CONFIG_INCLUDE_DIR ${PROJECT_BINARY_DIR}/include)
configure_file(${PROJECT_SOURCE_DIR}/include/autoconf.h.in
	${SOF_CONFIG_INCLUDE_DIR}/autoconf.h @ONLY)
# Every target sees it beside include/.
include_directories(${SOF_CONFIG_INCLUDE_DIR})
