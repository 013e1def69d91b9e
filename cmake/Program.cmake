# How an executable with the board inside is linked: its kernel data apart from what stays open
# (posix/program.ld), nothing writable that the dynamic linker still needs, and what firmware
# exports visible to the modules it loads.

add_library(sof_program_options INTERFACE)
target_link_options(sof_program_options INTERFACE
	-Wl,-z,relro,-z,now
	-Wl,--dynamic-list=${CMAKE_BINARY_DIR}/exports/exports.dyn
	-Wl,-T,${CMAKE_SOURCE_DIR}/posix/program.ld)
set_property(TARGET sof_program_options PROPERTY INTERFACE_LINK_DEPENDS
	${CMAKE_SOURCE_DIR}/posix/program.ld ${CMAKE_BINARY_DIR}/exports/exports.dyn)
# Modules may call any function of the core, also one that the program itself never calls.
target_link_libraries(sof_program_options INTERFACE
	-Wl,--whole-archive $<TARGET_FILE:sof_audio> $<TARGET_FILE:sof_posix> -Wl,--no-whole-archive
	sof_exports Threads::Threads ${CMAKE_DL_LIBS} m
	# With -O3 -ffast-math compilers call its vector functions for loops over those of libm.
	-Wl,--push-state,--no-as-needed -l:libmvec.so.1 -Wl,--pop-state)
