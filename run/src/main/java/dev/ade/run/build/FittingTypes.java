package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.model.Widening;
import dev.ade.spi.Session;
import java.util.Optional;

/// Types of the columns of a dataset that rows are added to: those that hold what is there and what comes.
record FittingTypes(Model model, Session session) {
    /// @param rows a relation of what comes
    /// @throws AdeException DATA where a value would be another in the type that the dataset has
    Schema of(Schema stored, Schema incoming, String rows) {
        return new Schema(
                stored.columns().stream()
                        .map(column ->
                                incoming.find(column.name())
                                        .map(come -> fitted(column, come, rows))
                                        .orElse(column))
                        .toList());
    }

    private Column fitted(Column stored, Column come, String rows) {
        Optional<Type> wide = Widening.exact(stored.type(), come.type());
        if (wide.isPresent()) {
            return new Column(stored.name(), wide.get());
        }
        long lost = new Exactness(come.name(), come.type(), stored.type()).lost(session, rows);
        if (lost > 0) {
            throw AdeException.data(
                            "Cannot add to %s: its query gives %s as %s, and %,d of these values cannot be %s as in the dataset"
                                    .formatted(
                                            model.name(),
                                            come.name(),
                                            come.type().text(),
                                            lost,
                                            stored.type().text()),
                            "Cast it in the query, or make all again: ade run --full-refresh "
                                    + model.name())
                    .at(Location.of(model.file()));
        }
        return stored;
    }
}
