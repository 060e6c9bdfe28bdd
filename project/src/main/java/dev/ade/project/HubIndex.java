package dev.ade.project;

import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a package hub says of one package: its versions.
public record HubIndex(Map<SemanticVersion, Release> releases) {
    /// @param text the version as the hub spells it
    /// @param tarball address of its files
    /// @param sha1 of the tarball, where the hub says it
    /// @param needs packages that it needs in turn
    /// @param isForUs whether it says that it works with the version of dbt that templates see
    public record Release(
            String text,
            String tarball,
            Optional<String> sha1,
            Map<String, VersionRange> needs,
            boolean isForUs) {}

    /// @throws AdeException RESOURCE where the text is something else
    public static HubIndex parse(String name, String json) {
        Map<SemanticVersion, Release> releases = new TreeMap<>();
        try {
            Map<?, ?> index = mapping(JsonText.parse(json));
            for (Map.Entry<?, ?> entry : mapping(index.get("versions")).entrySet()) {
                String text = String.valueOf(entry.getKey());
                releases.put(SemanticVersion.parse(text), release(text, mapping(entry.getValue())));
            }
        } catch (IllegalArgumentException e) {
            throw AdeException.resource(
                            "Cannot read what the hub says of %s: it is no JSON".formatted(name),
                            "Check DBT_PACKAGE_HUB_URL")
                    .causedBy(e);
        }
        return new HubIndex(releases);
    }

    private static Release release(String text, Map<?, ?> said) {
        Map<?, ?> downloads = mapping(said.get("downloads"));
        Map<String, VersionRange> needs = new TreeMap<>();
        if (said.get("packages") instanceof Collection<?> packages) {
            for (Object one : packages) {
                if (mapping(one).get("package") instanceof String needed) {
                    needs.put(needed, VersionRange.parse(texts(mapping(one).get("version"))));
                }
            }
        }
        VersionRange dbt = VersionRange.parse(texts(said.get("require_dbt_version")));
        return new Release(
                text,
                downloads.get("tarball") instanceof String tarball ? tarball : "",
                Optional.ofNullable(downloads.get("sha1"))
                        .filter(String.class::isInstance)
                        .map(String::valueOf)
                        .filter(sum -> !sum.isBlank()),
                needs,
                dbt.holds(SemanticVersion.parse(CommonNames.DBT_VERSION)));
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Collection<?> many) {
            many.forEach(one -> texts.add(String.valueOf(one)));
        } else if (value instanceof String text && !text.isBlank()) {
            texts.add(text);
        }
        return texts;
    }

    private static Map<?, ?> mapping(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
