/// A Jinja2 for the JVM: lexer, parser into sealed records, evaluator with Python semantics.
/// Nothing of ADE or dbt lives here but the names of dbt's blocks ([Syntax#DBT]); no reflection.
/// Start at [Template].
@NullMarked
package dev.ade.jinja;

import org.jspecify.annotations.NullMarked;
