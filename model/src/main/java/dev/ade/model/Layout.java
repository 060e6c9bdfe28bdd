package dev.ade.model;

import java.util.List;

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
        /// Reads `day(ts)`, `bucket(16, id)`, `truncate(4, zip)` or a plain column name.
        public static Partition parse(String text) {
            int open = text.indexOf('(');
            if (open < 0) {
                return new Partition(Transform.IDENTITY, text.strip(), 0);
            }
            Transform transform = Transform.parse(text.substring(0, open).strip());
            String[] arguments = text.substring(open + 1, text.lastIndexOf(')')).split(",", -1);
            boolean hasWidth = transform == Transform.BUCKET || transform == Transform.TRUNCATE;
            if (arguments.length != (hasWidth ? 2 : 1)) {
                throw AdeException.user(
                        "Cannot partition by '%s': wrong number of arguments".formatted(text),
                        "Write day(ts), bucket(16, id), truncate(4, zip) or a column name");
            }
            return new Partition(
                    transform,
                    arguments[arguments.length - 1].strip(),
                    hasWidth ? Integer.parseInt(arguments[0].strip()) : 0);
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

        static Transform parse(String text) {
            for (Transform transform : values()) {
                if (transform.name().equalsIgnoreCase(text)) {
                    return transform;
                }
            }
            throw AdeException.user(
                    "Cannot partition by '%s'".formatted(text),
                    "Use hour, day, month, year, bucket, truncate or a column name");
        }
    }
}
