# Modules linked into a program, from the same sources as their objects: found at start by what the
# linker keeps of them (posix/program.ld).

# ON: all of modules/, or a list of names.
set(SOF_BUILTIN_MODULES "" CACHE STRING "Modules to link into sof-testbench: ON, or names as in gain;eqiir")

function(sof_link_builtin_modules program)
	foreach(name IN LISTS ARGN)
		if(NOT TARGET module_${name})
			message(FATAL_ERROR "SOF_BUILTIN_MODULES: there is no module ${name}")
		endif()
		if(NOT TARGET builtin_${name})
			get_target_property(folder module_${name} SOURCE_DIR)
			get_target_property(sources module_${name} SOURCES)
			list(TRANSFORM sources PREPEND ${folder}/ REGEX "^[^/]")
			add_library(builtin_${name} OBJECT ${sources})
			sof_module_compile_options(builtin_${name}
				$<TARGET_PROPERTY:module_${name},INCLUDE_DIRECTORIES>)
			target_compile_definitions(builtin_${name} PRIVATE
				$<TARGET_PROPERTY:module_${name},COMPILE_DEFINITIONS>)
		endif()
		target_sources(${program} PRIVATE $<TARGET_OBJECTS:builtin_${name}>)
	endforeach()
endfunction()
