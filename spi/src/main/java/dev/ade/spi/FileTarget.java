package dev.ade.spi;

import dev.ade.model.Field;
import dev.ade.model.Layout;
import java.util.List;

/// Where and how an engine writes the files of one table.
///
/// @param folder absolute path of a folder of its own for this write; made by the writer
/// @param fields columns with field ids, in the order the written query must give them
/// @param layout partitions and order
/// @param fileBytesTarget files are cut near this size
public record FileTarget(String folder, List<Field> fields, Layout layout, long fileBytesTarget) {
    public FileTarget {
        fields = List.copyOf(fields);
    }

    /// The same for one of several writes, each into a folder of its own.
    public FileTarget part(int number) {
        return new FileTarget(folder + "/" + number, fields, layout, fileBytesTarget);
    }
}
