# What modules may import: exports.c for the loader's check, exports.dyn for the linker, so that
# nothing else of the program can be reached by its name, nor stand in for a module's own function.

set(exports ${CMAKE_BINARY_DIR}/exports)
file(MAKE_DIRECTORY ${exports})
file(GLOB_RECURSE public_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/include/*.h)
add_custom_command(OUTPUT ${exports}/exports.c ${exports}/exports.dyn ${exports}/exports.txt
	COMMAND ${CMAKE_COMMAND} -E env NM=${CMAKE_NM}
		sh ${CMAKE_SOURCE_DIR}/cmake/make-exports.sh ${CMAKE_SOURCE_DIR}/include
		${exports} $<TARGET_FILE:sof_audio> $<TARGET_FILE:sof_posix>
	DEPENDS ${CMAKE_SOURCE_DIR}/cmake/make-exports.sh ${public_headers} sof_audio sof_posix
	COMMENT "Listing what firmware exports" VERBATIM)
add_library(sof_exports STATIC ${exports}/exports.c ${exports}/exports.dyn)
