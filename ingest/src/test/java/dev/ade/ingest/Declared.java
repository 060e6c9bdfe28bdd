package dev.ade.ingest;

import dev.ade.model.ColumnSpec;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Layout;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.Location;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.PrivacySpec;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A declaration of `shop.orders`, said step by step; each step gives another.
record Declared(
        List<String> patterns,
        LoadSpec.Files load,
        List<ColumnSpec> columns,
        DriftPolicy drift,
        Optional<String> time) {
    static final TableName NAME = TableName.parse("shop.orders");

    static Declared files(String... patterns) {
        LoadSpec.Files load =
                new LoadSpec.Files(
                        Arrays.asList(patterns),
                        Format.AUTO,
                        Mode.APPEND,
                        List.of(),
                        Map.of(),
                        new RejectLimit(Long.MAX_VALUE, 1));
        return new Declared(
                List.of(patterns), load, List.of(), DriftPolicy.EVOLVE, Optional.empty());
    }

    private Declared with(LoadSpec.Files other) {
        return new Declared(patterns, other, columns, drift, time);
    }

    private Declared with(Mode mode, List<String> key) {
        return with(
                new LoadSpec.Files(
                        patterns,
                        load.format(),
                        mode,
                        key,
                        load.options(),
                        load.rejectLimit(),
                        load.sftp()));
    }

    Declared replace() {
        return with(Mode.REPLACE, List.of());
    }

    Declared merge(String... key) {
        return with(Mode.MERGE, Arrays.asList(key));
    }

    Declared format(Format format) {
        return with(
                new LoadSpec.Files(
                        patterns,
                        format,
                        load.mode(),
                        load.key(),
                        load.options(),
                        load.rejectLimit(),
                        load.sftp()));
    }

    Declared option(String name, Object value) {
        Map<String, Object> options = new HashMap<>(load.options());
        options.put(name, value);
        return with(
                new LoadSpec.Files(
                        patterns,
                        load.format(),
                        load.mode(),
                        load.key(),
                        options,
                        load.rejectLimit(),
                        load.sftp()));
    }

    /// Files of a server that is reached so.
    static Declared remote(Map<String, Object> sftp, String... addresses) {
        LoadSpec.Files load =
                new LoadSpec.Files(
                        Arrays.asList(addresses),
                        Format.AUTO,
                        Mode.APPEND,
                        List.of(),
                        Map.of(),
                        new RejectLimit(Long.MAX_VALUE, 1),
                        sftp);
        return new Declared(
                Arrays.asList(addresses), load, List.of(), DriftPolicy.EVOLVE, Optional.empty());
    }

    Declared limit(long rowsMax, double shareMax) {
        return with(
                new LoadSpec.Files(
                        patterns,
                        load.format(),
                        load.mode(),
                        load.key(),
                        load.options(),
                        new RejectLimit(rowsMax, shareMax),
                        load.sftp()));
    }

    Declared drift(DriftPolicy policy) {
        return new Declared(patterns, load, columns, policy, time);
    }

    Declared eventTime(String column) {
        return new Declared(patterns, load, columns, drift, Optional.of(column));
    }

    Declared typed(String name, String type) {
        return column(name, Optional.of(type), ColumnSpec.Nullability.NULLABLE, Optional.empty());
    }

    Declared notNull(String name, String type) {
        return column(name, Optional.of(type), ColumnSpec.Nullability.NOT_NULL, Optional.empty());
    }

    Declared treated(String name, Treatment treatment) {
        return column(
                name, Optional.empty(), ColumnSpec.Nullability.NULLABLE, Optional.of(treatment));
    }

    Declared typed(String name, String type, Treatment treatment) {
        return column(
                name, Optional.of(type), ColumnSpec.Nullability.NULLABLE, Optional.of(treatment));
    }

    Declared called(String name, String... aliases) {
        List<ColumnSpec> all = new ArrayList<>(columns);
        all.add(
                new ColumnSpec(
                        name,
                        Optional.empty(),
                        ColumnSpec.Nullability.NULLABLE,
                        Optional.empty(),
                        "",
                        List.of(aliases)));
        return new Declared(patterns, load, all, drift, time);
    }

    /// Treats the column that was said last.
    Declared treatedLast(Treatment treatment) {
        List<ColumnSpec> all = new ArrayList<>(columns);
        ColumnSpec last = all.removeLast();
        PrivacySpec privacy = new PrivacySpec(Optional.empty(), Optional.of(treatment));
        all.add(last.with(last.type(), Optional.of(privacy)));
        return new Declared(patterns, load, all, drift, time);
    }

    private Declared column(
            String name,
            Optional<String> type,
            ColumnSpec.Nullability nullability,
            Optional<Treatment> treatment) {
        List<ColumnSpec> all = new ArrayList<>(columns);
        all.add(
                new ColumnSpec(
                        name,
                        type.map(Type::parse),
                        nullability,
                        treatment.map(one -> new PrivacySpec(Optional.empty(), Optional.of(one))),
                        ""));
        return new Declared(patterns, load, all, drift, time);
    }

    SourceTable source() {
        return new SourceTable(
                NAME,
                SourceTable.Origin.SOURCE,
                load,
                columns,
                PrivacyPolicy.PSEUDONYM,
                drift,
                time,
                Layout.PLAIN,
                Optional.empty(),
                "",
                Set.of(),
                new Location("shop/sources.yml", 4, 0));
    }
}
