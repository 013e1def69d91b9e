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
			list(TRANSFORM sources PREPEND ${folder}/ REGEX "^[^/$]")
			# an object library's own objects are not those it is given
			set(more ${sources})
			list(FILTER more INCLUDE REGEX "^[$]<TARGET_OBJECTS:")
			add_library(builtin_${name} OBJECT ${sources})
			sof_module_compile_options(builtin_${name}
				$<TARGET_PROPERTY:module_${name},INCLUDE_DIRECTORIES>)
			target_compile_definitions(builtin_${name} PRIVATE
				$<TARGET_PROPERTY:module_${name},COMPILE_DEFINITIONS>)
			# One object a module, and nothing of it seen outside: what two modules share of
			# their sources is linked twice, and their names do not meet.
			set(object ${CMAKE_CURRENT_BINARY_DIR}/builtin_${name}.o)
			add_custom_command(OUTPUT ${object}
				COMMAND ${CMAKE_LINKER} -r -o ${object} "$<TARGET_OBJECTS:builtin_${name}>" "${more}"
				COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${object}
				DEPENDS builtin_${name} "$<TARGET_OBJECTS:builtin_${name}>"
				COMMENT "Linking module ${name}"
				COMMAND_EXPAND_LISTS VERBATIM)
			add_custom_target(builtin_object_${name} DEPENDS ${object})
			set_property(TARGET builtin_${name} PROPERTY SOF_OBJECT ${object})
		endif()
		get_target_property(object builtin_${name} SOF_OBJECT)
		add_dependencies(${program} builtin_object_${name})
		target_link_libraries(${program} PRIVATE ${object})
	endforeach()
endfunction()
