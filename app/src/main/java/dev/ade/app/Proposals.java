package dev.ade.app;

import dev.ade.model.DriftPolicy;
import dev.ade.model.Layout;
import dev.ade.model.LoadSpec;
import dev.ade.model.Location;
import dev.ade.model.Settings;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Sources that nobody has declared yet, so that they can be looked at.
final class Proposals {
    private static final String SFTP = "sftp.";

    private final Settings settings;

    Proposals(Settings settings) {
        this.settings = settings;
    }

    /// @param what files, as a path or pattern, or a table of a connection: `shop:public.orders`
    SourceTable of(String what, TableName name, Map<String, Object> readerOptions) {
        String[] parts = what.split(":", 2);
        return parts.length == 2 && settings.connections().containsKey(parts[0])
                ? source(name, table(parts[0], parts[1]), what)
                : source(name, files(what, readerOptions), what);
    }

    /// A source of the connection of that name, where `ade.yml` has one.
    Optional<SourceTable> ofConnection(String name) {
        return settings.connections().containsKey(name)
                ? Optional.of(source(new TableName("raw", "tables"), table(name, "all"), name))
                : Optional.empty();
    }

    private LoadSpec table(String connection, String table) {
        Map<String, Object> load =
                new HashMap<>(settings.connections().getOrDefault(connection, Map.of()));
        boolean isCatalog = load.containsKey(LoadSpec.SystemKind.ICEBERG.word());
        load.put("connection", connection);
        load.put("table", table);
        return new LoadSpec.Outside(
                isCatalog ? LoadSpec.SystemKind.ICEBERG : LoadSpec.SystemKind.JDBC,
                load,
                LoadSpec.Mode.REPLACE,
                List.of(),
                LoadSpec.RejectLimit.DEFAULT);
    }

    private static LoadSpec files(String pattern, Map<String, Object> readerOptions) {
        Map<String, Object> options = new HashMap<>(readerOptions);
        LoadSpec.Format format =
                Optional.ofNullable(options.remove("format"))
                        .map(word -> LoadSpec.Format.named(word.toString()))
                        .orElse(LoadSpec.Format.AUTO);
        Map<String, Object> sftp = sftp(options);
        return new LoadSpec.Files(
                List.of(pattern),
                format,
                LoadSpec.Mode.APPEND,
                List.of(),
                options,
                LoadSpec.RejectLimit.DEFAULT,
                sftp);
    }

    /// Takes out of the options what is about a server: `sftp.identity` and the like.
    private static Map<String, Object> sftp(Map<String, Object> options) {
        Map<String, Object> sftp = new HashMap<>();
        options.forEach((name, value) -> {
            if (name.startsWith(SFTP)) {
                sftp.put(name.substring(SFTP.length()), value);
            }
        });
        options.keySet().removeIf(name -> name.startsWith(SFTP));
        return sftp;
    }

    private SourceTable source(TableName name, LoadSpec load, String what) {
        return new SourceTable(
                name,
                SourceTable.Origin.SOURCE,
                load,
                List.of(),
                settings.undeclaredPersonalData(),
                DriftPolicy.EVOLVE,
                Optional.empty(),
                Layout.PLAIN,
                Optional.empty(),
                "",
                Set.of(),
                Location.of(what));
    }
}
