package dev.ade.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a dataset's files are cut and ordered.
public record Layout(List<Partition> partitions, List<String> sortBy) {
    public static final Layout PLAIN = new Layout(List.of(), List.of());

    public Layout {
        partitions = List.copyOf(partitions);
        sortBy = List.copyOf(sortBy);
    }

    /// One Iceberg partition transform of one column.
    ///
    /// @param width number of buckets or length of the prefix; 0 for other transforms
    public record Partition(Transform transform, String column, int width) {
        private static final Pattern CALL =
                Pattern.compile(
                        "\\s*(?<transform>\\w+)\\s*\\(\\s*((?<width>[1-9]\\d{0,8})\\s*,)?\\s*(?<column>[^\\s(),][^(),]*?)\\s*\\)\\s*");

        /// Reads `day(ts)`, `bucket(16, id)`, `truncate(4, zip)` or a plain column name.
        public static Partition parse(String text) {
            if (text.indexOf('(') < 0) {
                return new Partition(Transform.IDENTITY, text.strip(), 0);
            }
            Matcher call = CALL.matcher(text);
            if (!call.matches()) {
                throw wrong(text, "it is no transform of a column");
            }
            Transform transform =
                    Transform.find(call.group("transform"))
                            .orElseThrow(() -> wrong(text, "there is no such transform"));
            boolean hasWidth = transform == Transform.BUCKET || transform == Transform.TRUNCATE;
            String width = call.group("width");
            if (hasWidth != (width != null)) {
                throw wrong(
                        text,
                        hasWidth ? "it needs a width, 1 or more" : "its transform has no width");
            }
            return new Partition(
                    transform, call.group("column"), width == null ? 0 : Integer.parseInt(width));
        }

        private static AdeException wrong(String text, String reason) {
            return AdeException.user(
                    "Cannot partition by '%s': %s".formatted(text, reason),
                    "Write a column name, hour(ts), day(ts), month(ts), year(ts), bucket(16, id) or truncate(4, zip)");
        }

        public String text() {
            return switch (transform) {
                case IDENTITY -> column;
                case BUCKET, TRUNCATE -> Wording.of(transform) + "(" + width + ", " + column + ")";
                case HOUR, DAY, MONTH, YEAR -> Wording.of(transform) + "(" + column + ")";
            };
        }
    }

    public enum Transform {
        IDENTITY,
        BUCKET,
        TRUNCATE,
        HOUR,
        DAY,
        MONTH,
        YEAR;

        static Optional<Transform> find(String text) {
            return Stream.of(values()).filter(it -> it.name().equalsIgnoreCase(text)).findFirst();
        }
    }
}
