package dev.ade.project;

import java.nio.file.Path;
import java.util.Map;

/// A project within the project: its own, or one that it installs.
///
/// @param name what refers to it
/// @param folder absolute
/// @param dbt what its dbt_project.yml says
/// @param common names that its templates may use, its vars among them
/// @param context for reading its YAML
record ProjectPackage(
        String name,
        Path folder,
        DbtProject dbt,
        Map<String, Object> common,
        YamlContext context) {}
