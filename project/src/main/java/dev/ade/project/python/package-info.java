/// The parts of Python's library that dbt gives to templates as `modules`.
///
/// Dates and times, regular expressions, itertools and pytz, as far as templates can tell them from Python's own.
/// Nothing here knows of projects. Start reading at [dev.ade.project.python.Modules].
@NullMarked
package dev.ade.project.python;

import org.jspecify.annotations.NullMarked;
