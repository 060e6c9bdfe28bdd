package dev.ade.store;

import dev.ade.model.TableName;
import dev.ade.spi.Batch;
import dev.ade.spi.Bound;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Declaration;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What a fixed set of pointers shows.
final class PointerView implements LakeView {
    private final Map<TableName, Pointer> pointers;
    private final Scans scans;
    private final Ledgers ledgers;
    private final Map<String, Ledger> read = new ConcurrentHashMap<>();
    private final Declarations declarations;
    private final CorrectionTable corrections;
    private final Map<TableName, List<CorrectedFile>> corrected = new ConcurrentHashMap<>();

    PointerView(Map<TableName, Pointer> pointers, Scans scans, Catalog catalog) {
        this.pointers = new TreeMap<>(pointers);
        this.scans = scans;
        this.ledgers = new Ledgers(catalog);
        this.declarations = new Declarations(catalog);
        this.corrections = new CorrectionTable(catalog);
    }

    Optional<Pointer> pointer(TableName name) {
        return Optional.ofNullable(pointers.get(name));
    }

    Map<TableName, Pointer> pointers() {
        return pointers;
    }

    @Override
    public Optional<Relation> find(TableName name, List<Bound> bounds) {
        return pointer(name).map(pointer -> relation(scans, pointer, bounds));
    }

    static Relation relation(Scans scans, Pointer pointer, List<Bound> bounds) {
        return switch (pointer.kind()) {
            case VIEW -> new Relation.ViewRelation(pointer.viewSql(), pointer.schema());
            case TABLE -> scans.plan(pointer, bounds);
        };
    }

    @Override
    public Collection<TableName> names() {
        return pointers.keySet();
    }

    @Override
    public Optional<DatasetState> state(TableName name) {
        return pointer(name).map(Pointer::state);
    }

    @Override
    public List<DatasetState> states() {
        return pointers.values().stream().map(Pointer::state).toList();
    }

    @Override
    public Optional<Declaration> declaration(TableName name) {
        return pointer(name).flatMap(declarations::find);
    }

    @Override
    public List<Batch> batches(TableName name) {
        return ledger(name).batches();
    }

    @Override
    public List<CorrectedFile> corrected(TableName source) {
        return corrected.computeIfAbsent(source, corrections::of);
    }

    @Override
    public List<FilledInterval> filled(TableName name) {
        return ledger(name).filled();
    }

    private Ledger ledger(TableName name) {
        return pointer(name)
                .map(pointer -> read.computeIfAbsent(pointer.ledger(), ledgers::load))
                .orElse(Ledger.NONE);
    }
}
