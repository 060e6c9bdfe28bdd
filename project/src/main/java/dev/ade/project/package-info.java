/// Reads a project folder (dbt's format and ADE's additions) into `Project` and compiles models through Jinja.
/// No data is read or written here.
/// Start at `ProjectReader`.
@NullMarked
package dev.ade.project;

import org.jspecify.annotations.NullMarked;
