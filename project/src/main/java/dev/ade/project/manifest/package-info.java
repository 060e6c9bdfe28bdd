/// How dbt names and describes what is in a project, in the words of its published `manifest.json`.
/// Nothing here reads files or knows how ADE keeps a project: values come in, maps of JSON go out.
/// Start at `TestName` and `ConfigJson`.
@NullMarked
package dev.ade.project.manifest;

import org.jspecify.annotations.NullMarked;
