# What others build modules with: find_package(SofTestbench) and sof-module-build, from the build
# tree as it is, and from where it is installed.

include(CMakePackageConfigHelpers)

set(package lib/cmake/SofTestbench)
set(parts lib/sof-testbench)
set(headers include/sof-testbench)

# The build tree: everything by its full path.
set(SOF_CONFIG_INCLUDE "\"${SOF_TESTBENCH_INCLUDE_DIRS}\"")
set(SOF_CONFIG_SCRIPT "\"${SOF_TESTBENCH_SCRIPT}\"")
set(SOF_CONFIG_BIN "${CMAKE_BINARY_DIR}/bin")
set(SOF_CONFIG_CMAKE "${CMAKE_SOURCE_DIR}/cmake")
configure_package_config_file(cmake/SofTestbenchConfig.cmake.in
	${CMAKE_BINARY_DIR}/SofTestbenchConfig.cmake INSTALL_DESTINATION .
	NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/SofTestbenchConfigVersion.cmake
	VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)

list(JOIN SOF_TESTBENCH_INCLUDE_DIRS "\" \"" SOF_MODULE_BUILD_INCLUDE)
set(SOF_MODULE_BUILD_INCLUDE "\"${SOF_MODULE_BUILD_INCLUDE}\"")
set(SOF_MODULE_BUILD_PARTS "${CMAKE_SOURCE_DIR}/cmake/module-build")
set(SOF_MODULE_BUILD_EXPORTS "${CMAKE_BINARY_DIR}/exports/exports.txt")
set(SOF_MODULE_BUILD_SANITIZE "${SOF_SANITIZE}")
set(anyone_runs OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
configure_file(cmake/module-build/sof-module-build.in ${CMAKE_BINARY_DIR}/bin/sof-module-build
	@ONLY FILE_PERMISSIONS ${anyone_runs})

# The installed tree: relative to where it lies.
set(SOF_CONFIG_INCLUDE "\"\${PACKAGE_PREFIX_DIR}/${headers}\"")
set(SOF_CONFIG_SCRIPT "\"\${PACKAGE_PREFIX_DIR}/${parts}/module.ld\"")
set(SOF_CONFIG_BIN "\${PACKAGE_PREFIX_DIR}/bin")
set(SOF_CONFIG_CMAKE "\${CMAKE_CURRENT_LIST_DIR}")
configure_package_config_file(cmake/SofTestbenchConfig.cmake.in
	${CMAKE_BINARY_DIR}/install/SofTestbenchConfig.cmake INSTALL_DESTINATION ${package}
	NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
set(SOF_MODULE_BUILD_INCLUDE "\"\$here/../${headers}\"")
set(SOF_MODULE_BUILD_PARTS "\$here/../${parts}")
set(SOF_MODULE_BUILD_EXPORTS "\$here/../${parts}/exports.txt")
configure_file(cmake/module-build/sof-module-build.in ${CMAKE_BINARY_DIR}/install/sof-module-build
	@ONLY FILE_PERMISSIONS ${anyone_runs})

install(PROGRAMS ${CMAKE_BINARY_DIR}/install/sof-module-build DESTINATION bin)
foreach(folder IN LISTS SOF_TESTBENCH_INCLUDE_DIRS)
	install(DIRECTORY ${folder}/ DESTINATION ${headers}
		OPTIONAL FILES_MATCHING PATTERN "*.h" PATTERN "host" EXCLUDE)
endforeach()
install(FILES cmake/module-build/sources.awk cmake/module-build/kconfig.awk
	cmake/module-build/formats.awk 	cmake/module-build/module.ld ${CMAKE_BINARY_DIR}/exports/exports.txt DESTINATION ${parts})
install(DIRECTORY ${SOF_MODULE_DIR}/ DESTINATION ${parts}/modules FILES_MATCHING PATTERN "*.so")
install(FILES ${CMAKE_BINARY_DIR}/install/SofTestbenchConfig.cmake
	${CMAKE_BINARY_DIR}/SofTestbenchConfigVersion.cmake cmake/SofModule.cmake
	DESTINATION ${package})
install(FILES README.md LICENSE testbench/REPORT.md DESTINATION share/doc/sof-testbench)
install(DIRECTORY modules/template DESTINATION share/sof-testbench)
install(DIRECTORY testbench/examples DESTINATION share/sof-testbench)
