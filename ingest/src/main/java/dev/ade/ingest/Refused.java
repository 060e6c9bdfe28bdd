package dev.ade.ingest;

import java.util.ArrayList;
import java.util.List;

/// Rows of one staged part that its connector could not stage, as no type holds them.
///
/// @param rows by their number among all rows of the part, rising
record Refused(List<Row> rows) {
    static final Refused NONE = new Refused(List.of());

    /// @param number among all rows of the part, staged or not, from 1
    /// @param valueClass what kind of value it was; never the value
    record Row(long number, String column, String valueClass, String reason) {}

    Refused {
        rows = List.copyOf(rows);
    }

    /// The number among all rows of a part, of a row of which the number among those that were staged is known.
    long number(long staged) {
        long number = staged;
        for (Row row : rows) {
            if (row.number() > number) {
                break;
            }
            number++;
        }
        return number;
    }

    List<Rejection> rejections(Part part) {
        List<Rejection> rejections = new ArrayList<>();
        for (Row row : rows) {
            rejections.add(
                    new Rejection(
                            new Rejection.Row(part, row.number(), row.number()),
                            row.column(),
                            row.valueClass(),
                            row.reason()));
        }
        return rejections;
    }
}
