/// A Jinja2 for the JVM: lexer, parser into sealed records, evaluator with Python semantics.
/// Nothing of ADE or dbt lives here; this module could be used by anyone.
/// Start at `Environment`.
@NullMarked
package dev.ade.jinja;

import org.jspecify.annotations.NullMarked;
