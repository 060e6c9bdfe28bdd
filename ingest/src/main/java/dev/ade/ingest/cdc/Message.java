package dev.ade.ingest.cdc;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /// The values of a row as texts; where it is not said, an `UNSAID` of its own identity.
    final class Tuple {
        private static final String UNSAID = new String("unsaid");

        private final @Nullable String[] texts;
        private final boolean isWhole;

        private Tuple(@Nullable String[] texts, boolean isWhole) {
            this.texts = texts;
            this.isWhole = isWhole;
        }

        /// Takes the array over.
        static Tuple of(@Nullable String[] texts) {
            return new Tuple(texts, true);
        }

        /// Of which only the key is known. Takes the array over.
        static Tuple ofKey(@Nullable String[] texts) {
            return new Tuple(texts, false);
        }

        boolean isWhole() {
            return isWhole;
        }

        static String unsaid() {
            return UNSAID;
        }

        int size() {
            return texts.length;
        }

        @Nullable String text(int index) {
            return texts[index];
        }

        /// False where the value is large, did not change and was not logged.
        @SuppressWarnings("ReferenceEquality") // Any text may be a value.
        boolean says(int index) {
            return texts[index] != UNSAID;
        }
    }
}
