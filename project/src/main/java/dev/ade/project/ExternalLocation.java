package dev.ade.project;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadSpec.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files that a source of a dbt project for DuckDB lies in: `external_location` in its `meta` or `config`, with
/// `{name}` for the table's name.
final class ExternalLocation {
    private static final String KEY = "external_location";
    private static final Pattern CALL =
            Pattern.compile(
                    "\\s*(?:read_(csv|csv_auto|parquet|json|json_auto|ndjson)|parquet_scan)\\s*\\(\\s*'([^']+)'\\s*(?:,.*)?\\)\\s*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private ExternalLocation() {}

    static Optional<LoadSpec> of(Section source, Section table) {
        return text(table).or(() -> text(source)).map(location -> load(location, source, table));
    }

    private static Optional<String> text(Section section) {
        Optional<Section> config = section.section("config");
        return config.flatMap(one -> one.text(KEY))
                .or(() -> config.flatMap(one -> one.section("meta")).flatMap(one -> one.text(KEY)))
                .or(() -> section.section("meta").flatMap(one -> one.text(KEY)));
    }

    /// A path, or a call of one of the engine's readers. The dataset is what the files say now.
    private static LoadSpec load(String location, Section source, Section table) {
        String named =
                location.replace("{name}", table.requireText("name"))
                        .replace(
                                "{identifier}",
                                table.text("identifier").orElse(table.requireText("name")))
                        .replace(
                                "{schema}",
                                source.text("schema").orElse(source.requireText("name")));
        Matcher call = CALL.matcher(named);
        boolean isCall = call.matches();
        return new LoadSpec.Files(
                List.of(isCall ? call.group(2) : named.strip().replaceAll("^'|'$", "")),
                isCall ? format(Optional.ofNullable(call.group(1)).orElse("parquet")) : Format.AUTO,
                Mode.REPLACE,
                List.of(),
                Map.of(),
                LoadSpec.RejectLimit.DEFAULT);
    }

    private static Format format(String reader) {
        String word = reader.toLowerCase(Locale.ROOT);
        return word.startsWith("csv")
                ? Format.CSV
                : word.equals("parquet") ? Format.PARQUET : Format.AUTO;
    }
}
