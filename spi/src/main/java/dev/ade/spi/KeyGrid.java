package dev.ade.spi;

import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Ranges of a whole number that divide rows into parts of about the same size: part 0 begins at `least`, and each is as
/// wide. What is below the first is in part `BELOW`, what is above the last in part `parts`.
///
/// @param column that holds the number
public record KeyGrid(String column, long least, long width, long parts) {
    public static final long BELOW = -1;

    public KeyGrid {
        if (width < 1 || parts < 1) {
            throw new IllegalArgumentException("no grid: %d parts of %d".formatted(parts, width));
        }
    }

    /// @param greatest not below `least`, nor further from it than a long says
    /// @param parts at most
    public static KeyGrid of(String column, long least, long greatest, long parts) {
        long width = Math.max(1, Math.ceilDiv(greatest - least, parts) + 1);
        return new KeyGrid(column, least, width, (greatest - least) / width + 1);
    }

    /// Checksums of rows. That of a row is the number that the first 15 hexadecimal digits of an MD5 make: of its columns
    /// one after the other, each as the number of bytes of its text in UTF-8, a colon and that text, NULL as a dash. The text
    /// of bytes is their own MD5 in small letters.
    ///
    /// @param columns that are in the checksums, in their order
    /// @param all columns that the system has
    /// @param parts those that have rows
    public record Sums(List<String> columns, List<Column> all, Map<Long, Sum> parts) {
        public Sums {
            columns = List.copyOf(columns);
            all = List.copyOf(all);
            parts = Map.copyOf(parts);
        }
    }

    /// @param checksums of all rows, added up, as a text
    public record Sum(long rows, String checksums) {}

    /// Whether its column is among these, and a whole number.
    public boolean fits(List<Column> columns) {
        return columns.stream()
                .filter(it -> it.name().equals(column))
                .anyMatch(
                        it -> it.type() == Type.Simple.INTEGER || it.type() == Type.Simple.BIGINT);
    }

    /// Some of the parts.
    ///
    /// @param numbers of the parts
    public Ranges ranges(Collection<Long> numbers) {
        List<Range> ranges = new ArrayList<>();
        long from = BELOW;
        long to = BELOW;
        boolean isOpen = false;
        for (long number : new TreeSet<>(numbers)) {
            if (isOpen && number == to + 1) {
                to = number;
                continue;
            }
            if (isOpen) {
                ranges.add(range(from, to));
            }
            from = number;
            to = number;
            isOpen = true;
        }
        if (isOpen) {
            ranges.add(range(from, to));
        }
        return new Ranges(column, ranges);
    }

    private Range range(long from, long to) {
        return new Range(
                from > BELOW ? Optional.of(begin(from)) : Optional.empty(),
                to < parts ? Optional.of(begin(to + 1)) : Optional.empty());
    }

    private BigInteger begin(long part) {
        return BigInteger.valueOf(part)
                .multiply(BigInteger.valueOf(width))
                .add(BigInteger.valueOf(least));
    }

    /// @param from the first number that is in it
    /// @param to the first behind it
    public record Range(Optional<BigInteger> from, Optional<BigInteger> to) {
        private String sql(String name) {
            List<String> bounds = new ArrayList<>();
            from.ifPresent(it -> bounds.add("%s >= %d".formatted(name, it)));
            to.ifPresent(it -> bounds.add("%s < %d".formatted(name, it)));
            return bounds.isEmpty() ? "true" : String.join(" and ", bounds);
        }
    }

    /// @param ranges in one of which the column of a row is
    public record Ranges(String column, List<Range> ranges) {
        public Ranges {
            ranges = List.copyOf(ranges);
        }

        public String sql() {
            return sql(Sql.quote(column));
        }

        /// @param name of the column, quoted as the system does
        public String sql(String name) {
            return ranges.isEmpty()
                    ? "(false)"
                    : ranges.stream()
                            .map(range -> range.sql(name))
                            .collect(Collectors.joining(" or ", "(", ")"));
        }
    }
}
