package dev.ade.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.model.TableName;
import dev.ade.spi.Resource;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A resource as dbt's `ls --output json` writes it: an object in one line.
public final class ResourceJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ResourceJson() {}

    /// What dbt prints where no keys are named.
    private static final List<String> KEYS =
            List.of(
                    "unique_id",
                    "name",
                    "resource_type",
                    "package_name",
                    "original_file_path",
                    "alias",
                    "source_name",
                    "depends_on",
                    "tags",
                    "config");

    /// @param node what the manifest says of it
    /// @param keys those that are wanted; none means the ones that dbt prints
    public static String line(
            Resource resource, Map<String, ? extends @Nullable Object> node, List<String> keys) {
        Map<String, @Nullable Object> known = all(resource);
        known.putAll(node);
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (String key : keys.isEmpty() ? KEYS : keys) {
            if (known.containsKey(key)) {
                all.put(key, known.get(key));
            }
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            JsonValues.write(json, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Map<String, @Nullable Object> all(Resource resource) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("name", resource.name());
        all.put("resource_type", resource.type().word());
        all.put("package_name", resource.owner());
        all.put("original_file_path", resource.file());
        all.put("selector", resource.selector());
        all.put("fqn", resource.path());
        resource.dataset().map(TableName::namespace).ifPresent(it -> all.put("schema", it));
        resource.dataset().map(TableName::name).ifPresent(it -> all.put("alias", it));
        if (resource.type() == Resource.Type.SOURCE) {
            all.put("source_name", resource.path().get(resource.path().size() - 2));
        }
        all.put("tags", resource.tags().stream().sorted().toList());
        all.put("config", resource.config());
        return all;
    }
}
