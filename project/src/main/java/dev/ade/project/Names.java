package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What `ref` and `source` lead to.
final class Names {
    /// Before a version among the words of a reference.
    static final String VERSION = "v=";

    private final Map<TableName, ModelFile> models = new HashMap<>();
    private final Map<TableName, ModelFile> inOrder = new TreeMap<>();
    private final Map<String, List<TableName>> byName = new HashMap<>();
    private final Map<String, TableName> sources = new HashMap<>();
    private final Map<String, SourcesReader.Unloaded> unloaded = new LinkedHashMap<>();
    private final Map<TableName, ModelFile> seeds = new TreeMap<>();
    private final List<SourcesReader.Declared> declared = new ArrayList<>();
    private final Map<TableName, String> owners = new HashMap<>();
    private final Set<TableName> datasets = new HashSet<>();
    private final Map<String, Map<String, String>> versions = new HashMap<>();
    private final Map<String, String> latest = new HashMap<>();
    private final Map<TableName, Set<TableName>> references = new ConcurrentHashMap<>();

    void addModel(ModelFile model) {
        ModelFile other = models.put(model.name(), model);
        if (other != null) {
            throw AdeException.user(
                            "Cannot make %s twice: %s makes it too"
                                    .formatted(model.name(), other.file().path()),
                            "Rename one of them, or give it an alias")
                    .at(model.config().location());
        }
        inOrder.put(model.name(), model);
        addName(model.file().stem(), model.name());
        model.file().owner().ifPresent(owner -> owners.put(model.name(), owner));
        if (!model.isEphemeral()) {
            datasets.add(model.name());
        }
    }

    void addSeed(ModelFile seed) {
        seed.file().owner().ifPresent(owner -> owners.put(seed.name(), owner));
        addName(seed.name().name(), seed.name());
        datasets.add(seed.name());
        seeds.put(seed.name(), seed);
    }

    Collection<ModelFile> seeds() {
        return seeds.values();
    }

    /// The file of a model, or of a seed.
    Optional<ModelFile> file(TableName name) {
        return model(name).or(() -> Optional.ofNullable(seeds.get(name)));
    }

    Collection<SourcesReader.Declared> sources() {
        return declared;
    }

    void addSource(SourcesReader.Declared declared) {
        sources.put(key(declared.item()), declared.loaded().name());
        datasets.add(declared.loaded().name());
        this.declared.add(declared);
    }

    void addUnloaded(SourcesReader.Unloaded source) {
        unloaded.put(key(source.item()), source);
    }

    /// What a source without `load:` is: the seed or model of its schema and name, or else the only seed of its name. dbt
    /// puts the target's name before the schema of a seed, ADE does not.
    Optional<TableName> made(String source, String table) {
        return Optional.ofNullable(unloaded.get(key(source, table)))
                .flatMap(declared ->
                        datasets.stream()
                                .filter(declared.item()::is)
                                .min(Comparator.naturalOrder())
                                .or(() -> onlySeed(declared)));
    }

    /// Sources that are a name and nothing more: neither loaded nor made by the project. What reads them cannot run.
    List<SourceItem> named() {
        return unloaded.values().stream()
                .map(SourcesReader.Unloaded::item)
                .filter(SourceItem::isNamable)
                .filter(item -> made(item.source(), item.table()).isEmpty())
                .toList();
    }

    /// All sources but those that the project makes.
    List<SourceItem> sourceItems() {
        List<SourceItem> items = new ArrayList<>();
        declared.forEach(source -> items.add(source.item()));
        items.addAll(named());
        return items;
    }

    /// The source of this name that is nothing more.
    Optional<SourceItem> named(TableName name) {
        return named().stream().filter(item -> item.is(name)).findFirst();
    }

    /// Refuses to read a source that is a name and nothing more.
    void requireRows(TableName name, Location location) {
        Optional<SourceItem> source = named(name);
        if (source.isPresent()) {
            throw AdeException.user(
                            "Cannot read %s: source %s says nothing of where its rows come from"
                                    .formatted(name, source.get()),
                            "Say it with load: at the source, for example load: {files: raw/*.csv}")
                    .at(location);
        }
    }

    /// What `source` calls datasets: `source.table`.
    Map<TableName, Set<String>> calledAs() {
        Map<TableName, Set<String>> called = new HashMap<>();
        for (SourcesReader.Declared source : declared) {
            called.computeIfAbsent(source.loaded().name(), _ -> new TreeSet<>())
                    .add(source.item().toString());
        }
        for (SourcesReader.Unloaded source : unloaded.values()) {
            made(source.item().source(), source.item().table())
                    .ifPresent(name ->
                            called.computeIfAbsent(name, _ -> new TreeSet<>())
                                    .add(source.item().toString()));
        }
        return called;
    }

    private Optional<TableName> onlySeed(SourcesReader.Unloaded declared) {
        List<TableName> same = seeds.keySet().stream().filter(declared.item()::isNamed).toList();
        return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
    }

    /// Makes a version known under the name that all versions share.
    void addVersion(ModelVersions.Version version) {
        String base = version.model().toLowerCase(Locale.ROOT);
        versions.computeIfAbsent(base, _ -> new HashMap<>()).put(version.version(), version.stem());
        if (version.isLatest()) {
            latest.put(base, version.stem());
        }
    }

    /// The name of the file that a name means, with a version or without.
    String versioned(String name, Optional<String> version) {
        String base = name.toLowerCase(Locale.ROOT);
        if (version.isEmpty()) {
            return byName.containsKey(base) ? name : latest.getOrDefault(base, name);
        }
        Map<String, String> known = versions.getOrDefault(base, Map.of());
        String stem = known.get(version.get());
        if (stem == null) {
            throw AdeException.user(
                    "Cannot find version %s of %s: there %s"
                            .formatted(
                                    version.get(),
                                    name,
                                    known.isEmpty()
                                            ? "are none"
                                            : "is "
                                                    + String.join(
                                                            ", ", new TreeSet<>(known.keySet()))),
                    "Declare it under versions: of the model");
        }
        return stem;
    }

    /// Says that a model's template refers to a dataset, ephemeral ones too. Any thread.
    void addReference(TableName reader, TableName read) {
        references.computeIfAbsent(reader, _ -> ConcurrentHashMap.newKeySet()).add(read);
    }

    /// What a model's template refers to.
    Set<TableName> references(TableName reader) {
        return references.getOrDefault(reader, Set.of());
    }

    private void addName(String stem, TableName name) {
        byName.computeIfAbsent(stem.toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(name);
    }

    boolean isDataset(TableName name) {
        return datasets.contains(name);
    }

    Collection<ModelFile> models() {
        return inOrder.values();
    }

    Optional<ModelFile> model(TableName name) {
        return Optional.ofNullable(models.get(name));
    }

    /// The model of this name that is only a query.
    Optional<ModelFile> ephemeral(TableName name) {
        return model(name).filter(ModelFile::isEphemeral);
    }

    /// The name of the package that brings a dataset; empty for the project's own.
    Optional<String> owner(TableName dataset) {
        return Optional.ofNullable(owners.get(dataset));
    }

    /// What `ref('name')` or `ref('package', 'name')` leads to.
    ///
    /// @param place domain of the caller, or its package
    TableName ref(List<String> texts, Optional<String> version, Optional<String> place) {
        String name = versioned(texts.getLast(), version);
        return texts.size() == 2 ? ref(texts.getFirst(), name, place) : ref(place, name);
    }

    /// @param domain of the caller, or its package: its own models win over those of the same name elsewhere
    TableName ref(Optional<String> domain, String name) {
        return one(domain, versioned(name, Optional.empty()));
    }

    private TableName one(Optional<String> domain, String name) {
        List<TableName> candidates = byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (candidates.isEmpty() && name.contains(".")) {
            TableName full = TableName.parse(name);
            if (models.containsKey(full) || datasets.contains(full)) {
                return full;
            }
        }
        if (candidates.size() > 1) {
            candidates = nearest(domain, candidates);
        }
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        throw candidates.isEmpty()
                ? AdeException.user(
                        "Cannot find ref('%s'): there is no such model or seed%s"
                                .formatted(name, hint(name)),
                        "Check the name; sources are read with source('…', '…') or by plain name")
                : AdeException.user(
                        "Cannot tell which ref('%s') is meant: %s"
                                .formatted(name, joined(candidates)),
                        "Say whose: ref('DOMAIN', '%s')".formatted(name));
    }

    /// Those of the caller's package or domain, else those of the project itself.
    private List<TableName> nearest(Optional<String> domain, List<TableName> candidates) {
        List<TableName> own =
                candidates.stream()
                        .filter(one ->
                                domain.isPresent()
                                        && (one.namespace().equals(domain.get())
                                                || owner(one).equals(domain)))
                        .toList();
        List<TableName> root = candidates.stream().filter(one -> owner(one).isEmpty()).toList();
        return own.isEmpty() ? root.isEmpty() ? candidates : root : own;
    }

    /// dbt's form with a package, which may also be a domain.
    TableName ref(String domain, String name, Optional<String> caller) {
        String stem = versioned(name, Optional.empty());
        Optional<TableName> inDomain =
                byName.getOrDefault(stem.toLowerCase(Locale.ROOT), List.of()).stream()
                        .filter(one ->
                                one.namespace().equalsIgnoreCase(domain)
                                        || owner(one).equals(Optional.of(domain)))
                        .findFirst();
        return inDomain.orElseGet(() -> ref(caller, name));
    }

    TableName source(String source, String table) {
        return Optional.ofNullable(sources.get(key(source, table)))
                .or(() -> made(source, table))
                .or(() ->
                        Optional.ofNullable(unloaded.get(key(source, table)))
                                .map(it -> it.item().name()))
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot find source('%s', '%s'): no sources.yml declares it%s"
                                        .formatted(source, table, hint(table)),
                                "Declare it under sources:, or check the name"));
    }

    /// A dataset with a similar name, in words.
    String hint(String name) {
        String wanted = name.substring(name.indexOf('.') + 1).toLowerCase(Locale.ROOT);
        return datasets.stream()
                .filter(dataset -> Near.is(dataset.name(), wanted))
                .min(Comparator.naturalOrder())
                .map(dataset -> "; did you mean " + dataset + "?")
                .orElse("");
    }

    private static String joined(List<TableName> names) {
        return names.stream().sorted().map(TableName::toString).collect(Collectors.joining(" or "));
    }

    private static String key(SourceItem item) {
        return key(item.source(), item.table());
    }

    private static String key(String source, String table) {
        return source.toLowerCase(Locale.ROOT) + "." + table.toLowerCase(Locale.ROOT);
    }
}
