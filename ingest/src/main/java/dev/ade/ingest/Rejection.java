package dev.ade.ingest;

/// A value, or a line, that kept a row out.
///
/// @param column empty where it is the whole row
/// @param valueClass what kind of value it was; never the value
record Rejection(Row row, String column, String valueClass, String reason) {
    /// The row that is kept out.
    ///
    /// @param number tells it from all other rows of its part, of which some may begin on one line
    /// @param line physical line it starts on, from 1; of Parquet the row
    record Row(Part part, long number, long line) {
        /// One that is told from others by where it is in what is read.
        static Row at(Part part, long place) {
            return new Row(part, place, part.places().of(place));
        }
    }

    Part part() {
        return row.part();
    }

    long line() {
        return row.line();
    }
}
