package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Schema;
import dev.ade.spi.Cursor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Rows of a query that may be stopped from outside. The engine then only says that its result is not valid any
/// more; why that is so, the session knows.
///
/// @param why gives the reason of a failure
record StoppableCursor(Cursor cursor, UnaryOperator<AdeException> why) implements Cursor {
    @Override
    public Schema schema() {
        return cursor.schema();
    }

    @Override
    public @Nullable List<@Nullable Object> next() {
        try {
            return cursor.next();
        } catch (AdeException e) {
            throw why.apply(e);
        }
    }

    @Override
    public boolean isCut() {
        return cursor.isCut();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
