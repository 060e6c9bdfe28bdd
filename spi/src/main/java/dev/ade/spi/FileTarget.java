package dev.ade.spi;

import dev.ade.model.Field;
import dev.ade.model.Layout;
import java.util.List;
import java.util.Optional;

/// Where and how an engine writes the files of one table.
///
/// @param folder absolute path of a folder of its own for this write; made by the writer
/// @param fields columns with field ids, in the order the written query must give them
/// @param layout partitions and order
/// @param fileBytesTarget files are cut near this size
/// @param within the one partition that all rows lie in, as `WrittenFile.partition` gives it; empty where the engine
///     has to sort them into partitions, or there are none
public record FileTarget(
        String folder,
        List<Field> fields,
        Layout layout,
        long fileBytesTarget,
        Optional<List<Object>> within) {
    public FileTarget {
        fields = List.copyOf(fields);
        within = within.map(List::copyOf);
    }

    public FileTarget(String folder, List<Field> fields, Layout layout, long fileBytesTarget) {
        this(folder, fields, layout, fileBytesTarget, Optional.empty());
    }

    /// The same for one of several writes, each into a folder of its own.
    public FileTarget part(int number) {
        return new FileTarget(folder + "/" + number, fields, layout, fileBytesTarget, within);
    }

    /// The same for rows that all lie in one partition.
    public FileTarget within(List<Object> partition) {
        return new FileTarget(folder, fields, layout, fileBytesTarget, Optional.of(partition));
    }
}
