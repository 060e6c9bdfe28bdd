package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.Tuple;
import java.util.List;
import java.util.Optional;

/// What PostgreSQL's plugin pgoutput says, version 1 of its protocol. (PostgreSQL's documentation: Logical Replication
/// Message Formats.)
sealed interface Message {
    /// @param lsn of the commit
    /// @param committedMicros since 2000
    record Begin(long lsn, long committedMicros) implements Message {}

    /// @param end the place after the transaction
    record Commit(long end) implements Message {}

    /// How rows of a table look from here on.
    ///
    /// @param isFull whether a row before a change is logged as a whole, and not by its key alone
    record Relation(long id, boolean isFull, List<Field> fields) implements Message {
        public Relation {
            fields = List.copyOf(fields);
        }
    }

    /// @param type the server's number of it
    /// @param modifier such as the digits of a numeric; -1 for none
    record Field(String name, boolean isKey, long type, int modifier) {}

    record Insert(long relation, Tuple row) implements Message {}

    /// @param before the key where it changed, or the whole row where the table logs that
    record Update(long relation, Optional<Tuple> before, Tuple row) implements Message {}

    /// @param before the key at least
    record Delete(long relation, Tuple before) implements Message {}

    record Truncate(List<Long> relations) implements Message {
        public Truncate {
            relations = List.copyOf(relations);
        }
    }

    /// What a program has written into the log.
    record Note(String prefix, String text) implements Message {}

    /// What is of no interest here.
    record Other() implements Message {}
}
