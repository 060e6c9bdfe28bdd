package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.binlog.Words.Named;
import dev.ade.ingest.cdc.binlog.Words.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a statement of the log does to a table. Rows are logged as rows, so these are those that change what a table is.
/// Where it is not sure, all is to be read again.
final class Statement {
    /// What becomes of the rows that are known.
    sealed interface Effect {
        /// They stay what they are.
        ///
        /// @param dropped columns that are gone, in lower case
        record Nothing(Set<String> dropped) implements Effect {}

        /// They are gone.
        record Emptied() implements Effect {}

        /// Nobody knows.
        record Unknown(String reason) implements Effect {}
    }

    private static final Effect NOTHING = new Effect.Nothing(Set.of());

    /// Between what a statement does and the kind of thing it does it to.
    private static final Set<String> BETWEEN =
            Set.of(
                    "OR",
                    "REPLACE",
                    "TEMPORARY",
                    "IF",
                    "NOT",
                    "EXISTS",
                    "ONLINE",
                    "OFFLINE",
                    "IGNORE");

    /// Statements that change neither rows nor tables.
    private static final Set<String> HARMLESS =
            Set.of(
                    "GRANT",
                    "REVOKE",
                    "FLUSH",
                    "ANALYZE",
                    "OPTIMIZE",
                    "REPAIR",
                    "CHECK",
                    "INSTALL",
                    "UNINSTALL",
                    "LOCK",
                    "UNLOCK",
                    "PURGE",
                    "RESET",
                    "KILL",
                    "SET",
                    "SAVEPOINT",
                    "RELEASE",
                    "BEGIN",
                    "COMMIT");

    /// With these an added column may have a value in rows that are there, or a part of the rows may go.
    private static final Set<String> UNSURE =
            Set.of(
                    "NOT",
                    "DEFAULT",
                    "PRIMARY",
                    "FOREIGN",
                    "REFERENCES",
                    "PARTITION",
                    "PARTITIONS",
                    "PARTITIONING",
                    "GENERATED",
                    "AS",
                    "PERIOD",
                    "SYSTEM",
                    "VERSIONING",
                    "AUTO_INCREMENT",
                    "SERIAL",
                    "CONVERT",
                    "TIMESTAMP",
                    "RENAME",
                    "CHANGE",
                    "MODIFY",
                    "EXCHANGE",
                    "TABLESPACE",
                    "COMPRESSED");

    private static final Set<String> OF_INDEXES =
            Set.of("INDEX", "KEY", "UNIQUE", "FULLTEXT", "SPATIAL", "CONSTRAINT", "CHECK");

    private final MariaTable table;
    private final Set<String> dropped;

    /// @param dropped columns that the table had once, in lower case
    Statement(MariaTable table, Set<String> dropped) {
        this.table = table;
        this.dropped = dropped;
    }

    /// @param given the database in which it was run
    Effect effect(String sql, String given) {
        return effect(Words.of(sql), given);
    }

    private Effect effect(List<Word> words, String given) {
        String first = words.isEmpty() ? "" : words.getFirst().text();
        if (first.equals("SET") && words.size() > 1 && words.get(1).is("STATEMENT")) {
            int behind = index(words, "FOR") + 1;
            return behind == 0 ? NOTHING : effect(words.subList(behind, words.size()), given);
        }
        if (first.isEmpty() || HARMLESS.contains(first)) {
            return NOTHING;
        }
        return switch (first) {
            case "TRUNCATE" -> truncate(words, given);
            case "CREATE", "DROP", "ALTER", "RENAME" -> definition(words, given);
            // As servers empty tables that are in memory, once they begin.
            case "DELETE" -> isNamed(words, given) ? asStatement(first) : NOTHING;
            default -> asStatement(first);
        };
    }

    private static Effect asStatement(String first) {
        return new Effect.Unknown(
                "changes were logged as a statement (%s), not as rows"
                        .formatted(first.toLowerCase(Locale.ROOT)));
    }

    private Effect truncate(List<Word> words, String given) {
        int from = words.size() > 1 && words.get(1).is("TABLE") ? 2 : 1;
        return isOurs(words, from, given) ? new Effect.Emptied() : NOTHING;
    }

    private Effect definition(List<Word> words, String given) {
        int kind = 1;
        while (kind < words.size() && BETWEEN.contains(words.get(kind).text())) {
            kind++;
        }
        if (kind >= words.size()) {
            return NOTHING;
        }
        boolean isSlight = index(words.subList(0, kind), "TEMPORARY") >= 0;
        return switch (words.get(kind).text()) {
            case "TABLE", "TABLES" ->
                    isSlight ? NOTHING : ofTables(words, behind(words, kind), given);
            case "DATABASE", "SCHEMA" -> ofDatabase(words, behind(words, kind));
            case "INDEX" -> ofIndex(words, given);
            default -> NOTHING;
        };
    }

    /// Where the name begins.
    private static int behind(List<Word> words, int kind) {
        int at = kind + 1;
        while (at < words.size()
                && Set.of("IF", "NOT", "EXISTS").contains(words.get(at).text())
                && !words.get(at).isQuoted()) {
            at++;
        }
        return at;
    }

    private Effect ofDatabase(List<Word> words, int name) {
        boolean isAlter = words.getFirst().is("ALTER");
        boolean isNew = words.getFirst().is("CREATE") && index(words, "REPLACE") < 0;
        boolean isOurs =
                name < words.size() && words.get(name).text().equalsIgnoreCase(table.database());
        return isOurs && !isAlter && !isNew
                ? new Effect.Unknown("database %s was made anew".formatted(table.database()))
                : NOTHING;
    }

    private Effect ofIndex(List<Word> words, String given) {
        boolean isKey = words.stream().anyMatch(word -> word.text().equalsIgnoreCase("PRIMARY"));
        return isKey && isNamed(words, given)
                ? new Effect.Unknown("the key of %s is another".formatted(table.words()))
                : NOTHING;
    }

    private Effect ofTables(List<Word> words, int name, String given) {
        return switch (words.getFirst().text()) {
            case "CREATE" -> created(words, name, given);
            case "ALTER" ->
                    isOurs(words, name, given)
                            ? altered(words, Words.named(words, name, given).orElseThrow().next())
                            : ofAnother(words, given);
            default -> isNamed(words, given) ? another() : NOTHING;
        };
    }

    /// Which may take this one's name, or its rows.
    private Effect ofAnother(List<Word> words, String given) {
        boolean isTaken = index(words, "RENAME") >= 0 || index(words, "EXCHANGE") >= 0;
        return isTaken && isNamed(words, given) ? another() : NOTHING;
    }

    private Effect another() {
        return new Effect.Unknown("%s was made anew, renamed or dropped".formatted(table.words()));
    }

    /// One that is there already stays as it is.
    private Effect created(List<Word> words, int name, String given) {
        boolean isKept = index(words.subList(0, name), "EXISTS") >= 0;
        return isOurs(words, name, given) && !isKept ? another() : NOTHING;
    }

    /// @param from the first word behind the name
    private Effect altered(List<Word> words, int from) {
        Set<String> gone = new TreeSet<>();
        int at = from;
        while (at < words.size()) {
            int end = end(words, at);
            if (!isSure(words.subList(at, end), gone)) {
                return new Effect.Unknown("%s was altered".formatted(table.words()));
            }
            at = end + 1;
        }
        return new Effect.Nothing(gone);
    }

    /// Of one change, which a comma ends that stands in no brackets.
    private static int end(List<Word> words, int from) {
        int depth = 0;
        for (int i = from; i < words.size(); i++) {
            Word word = words.get(i);
            depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
            if (depth == 0 && word.is(",")) {
                return i;
            }
        }
        return words.size();
    }

    /// Whether rows that are there stay what they are.
    ///
    /// @param gone takes the name of a column that goes
    private boolean isSure(List<Word> change, Set<String> gone) {
        int name = column(change);
        if (name > change.size() || isUnsure(change.subList(name, change.size()))) {
            return false;
        }
        return switch (change.getFirst().text()) {
            case "ALGORITHM", "LOCK", "FORCE", "COMMENT" -> true;
            case "ADD" -> name < change.size() && isAddition(change.get(name), gone);
            case "DROP" -> name < change.size() && isRemoval(change.get(name), gone);
            default -> false;
        };
    }

    /// Where the name of a column would stand.
    private static int column(List<Word> change) {
        int at = 1;
        while (at < change.size()
                && Set.of("COLUMN", "IF", "NOT", "EXISTS").contains(change.get(at).text())
                && !change.get(at).isQuoted()) {
            at++;
        }
        return at;
    }

    private static boolean isUnsure(List<Word> words) {
        for (int i = 0; i < words.size(); i++) {
            boolean isNull =
                    words.get(i).is("DEFAULT")
                            && i + 1 < words.size()
                            && words.get(i + 1).is("NULL");
            if (!isNull && !words.get(i).isQuoted() && UNSURE.contains(words.get(i).text())) {
                return true;
            }
        }
        return false;
    }

    /// Of a column that was there once, old values may still be known.
    private boolean isAddition(Word name, Set<String> gone) {
        String added = name.text().toLowerCase(Locale.ROOT);
        return name.isName() && !dropped.contains(added) && !gone.contains(added);
    }

    private static boolean isRemoval(Word name, Set<String> gone) {
        if (name.isQuoted() || !OF_INDEXES.contains(name.text())) {
            gone.add(name.text().toLowerCase(Locale.ROOT));
        }
        return true;
    }

    private boolean isOurs(List<Word> words, int from, String given) {
        Optional<Named> named = Words.named(words, from, given);
        return named.isPresent() && table.mayBe(named.get().database(), named.get().table());
    }

    /// Whether the table's name is anywhere in it.
    private boolean isNamed(List<Word> words, String given) {
        for (int i = 0; i < words.size(); i++) {
            boolean isBehindPoint = i > 0 && words.get(i - 1).is(".");
            if (!isBehindPoint && isOurs(words, i, given)) {
                return true;
            }
        }
        return false;
    }

    private static int index(List<Word> words, String keyword) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).is(keyword)) {
                return i;
            }
        }
        return -1;
    }
}
