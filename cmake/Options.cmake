# Build options and the compiler flags that all targets share.

option(SOF_BUILD_TESTS "Build the tests" ON)
# Off, as another compiler may know other warnings; tests/run.sh turns it on.
option(SOF_WERROR "Treat compiler warnings as errors" OFF)
set(SOF_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")
set(SOF_SHARED_DIR "${CMAKE_SOURCE_DIR}/../shared" CACHE PATH
	"Folder of reference outputs and blobs; tests that need it are skipped without it")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
	set(CMAKE_BUILD_TYPE Release)
endif()

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_C_FLAGS_RELEASE "-O3 -g")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g3")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

add_compile_options(
	-Wall -Wextra -Wshadow -Wvla -Wmissing-prototypes -Wstrict-prototypes -Wno-unused-parameter
	# Backtraces of faults walk frames, also through assembly that has no unwind tables.
	-fno-omit-frame-pointer -mno-omit-leaf-frame-pointer)
# SOF's IPC structures end in arrays of no given length, and are members of others.
add_compile_options($<$<C_COMPILER_ID:Clang>:-Wno-gnu-variable-sized-type-not-at-end>)
# Valgrind before 3.20 cannot read the DWARF 5 that clang writes. libdw before 0.189 finds the lines of an
# address by a table that clang leaves out.
add_compile_options("$<$<C_COMPILER_ID:Clang>:-gdwarf-4;-gdwarf-aranges>")
if(SOF_WERROR)
	add_compile_options(-Werror)
endif()
if(SOF_SANITIZE)
	add_compile_options(-fsanitize=${SOF_SANITIZE} -fno-sanitize-recover=all)
	add_link_options(-fsanitize=${SOF_SANITIZE})
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
