/// Answers of the database as templates see them.
///
/// They look like the tables, rows and columns of the Python library agate, which dbt hands to templates. Nothing here
/// asks a database. Start reading at [dev.ade.project.table.TableValue].
@NullMarked
package dev.ade.project.table;

import org.jspecify.annotations.NullMarked;
