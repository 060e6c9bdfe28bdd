package dev.ade.run.build;

import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.Session;

/// Whether values of a column survive in another type.
record Exactness(String column, Type from, Type to) {
    /// @param rows a relation that has the column
    /// @return how many values are not what they were
    long lost(Session session, String rows) {
        return Rows.number(session, "select count(*) from %s where %s".formatted(rows, isLost()));
    }

    /// There and back; text may write a number in several ways.
    private String isLost() {
        String value = Sql.quote(column);
        String cast = "try_cast(%s as %s)".formatted(value, to.sql());
        if (from != Type.Simple.VARCHAR) {
            return "try_cast(%s as %s) is distinct from %s".formatted(cast, from.sql(), value);
        }
        String isNothing = "(%s is null and %s is not null)".formatted(cast, value);
        return to.isNumeric()
                ? isNothing
                        + " or try_cast(%s as double) is distinct from try_cast(%s as double)"
                                .formatted(cast, value)
                : isNothing;
    }
}
