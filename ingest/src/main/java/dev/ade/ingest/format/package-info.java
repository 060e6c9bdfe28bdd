/// Makes files that the engine reads out of files that it does not: Excel, fixed width, XML, Avro, ORC. Knows nothing of
/// sources, types of columns or privacy: values stay what they are, one line a row. Start reading at `Converter`.
@NullMarked
package dev.ade.ingest.format;

import org.jspecify.annotations.NullMarked;
