package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Spelling;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.SystemTable;
import dev.ade.spi.TableCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the datasets that a statement names into views of a session, each when it is first named.
final class Names {
    /// That a name which is meant may be away from what is written.
    private static final int SLIPS_MAX = 4;

    private final Relations relations;
    private final References references;
    private final Statements statements;
    private final Optional<CodeTables> codes;
    private final Map<TableName, String> bound = new LinkedHashMap<>();
    private final Set<TableName> binding = new LinkedHashSet<>();
    private final Set<String> paths = new LinkedHashSet<>();

    /// Runs a statement in the session.
    interface Statements {
        void run(String sql);
    }

    Names(Relations relations, References references, Statements statements) {
        this(relations, references, statements, Optional.empty());
    }

    Names(Relations relations, References references, Statements statements, CodeTables codes) {
        this(relations, references, statements, Optional.of(codes));
    }

    private Names(
            Relations relations,
            References references,
            Statements statements,
            Optional<CodeTables> codes) {
        this.relations = relations;
        this.references = references;
        this.statements = statements;
        this.codes = codes;
    }

    /// What has been bound so far, with the query that each name stands for.
    Map<TableName, String> bound() {
        return bound;
    }

    /// Files of everything bound so far.
    Set<String> paths() {
        return paths;
    }

    /// Binds what a query names; a name that is no dataset is an error.
    void bindAll(String select) {
        references.of(select).forEach(this::bind);
    }

    private void bind(TableName name) {
        Optional<TableCode> code = codes.flatMap(some -> some.find(name));
        if (code.isPresent()) {
            make(name, code.get());
        } else {
            bind(name, relation(name));
        }
    }

    private void make(TableName name, TableCode code) {
        if (bound.putIfAbsent(name, code.text()) == null) {
            code.reads().forEach(this::bind);
            createSchema(name);
            codes.orElseThrow().make(name, code, statements);
        }
    }

    private void createSchema(TableName name) {
        statements.run("create schema if not exists " + Sql.quote(name.namespace()));
    }

    /// Binds of any statement what is a dataset.
    void bindKnown(String statement) {
        for (TableName name : References.candidates(statement)) {
            if (codes.flatMap(some -> some.find(name)).isPresent()) {
                bind(name);
            } else if (!bound.containsKey(name)) {
                relations.find(name).ifPresent(relation -> bind(name, relation));
            }
        }
    }

    private Relation relation(TableName name) {
        if (bound.containsKey(name)) {
            return new Relation.ViewRelation("", new dev.ade.model.Schema(List.of()));
        }
        return relations.find(name).or(() -> log(name)).orElseThrow(() -> unknown(name));
    }

    /// A log of ADE's own that nothing was written to yet.
    private static Optional<Relation> log(TableName name) {
        return Stream.of(SystemTable.values())
                .filter(log -> log.table().equals(name))
                .findFirst()
                .map(log -> new Relation.ViewRelation(empty(log.schema().columns()), log.schema()));
    }

    private static String empty(List<Column> columns) {
        return columns.stream()
                .map(column ->
                        "cast(null as %s) as %s"
                                .formatted(column.type().sql(), Sql.quote(column.name())))
                .collect(Collectors.joining(", ", "select ", " where false"));
    }

    void bind(TableName name, Relation relation) {
        if (bound.containsKey(name)) {
            return;
        }
        if (!binding.add(name)) {
            throw AdeException.user(
                    "Cannot read %s: it reads itself".formatted(name), "Take the circle out");
        }
        String sql =
                switch (relation) {
                    case Relation.ViewRelation view -> {
                        bindAll(view.sql());
                        yield view.sql();
                    }
                    case Relation.Scan scan -> scan(scan);
                };
        binding.remove(name);
        bound.put(name, sql);
        createSchema(name);
        statements.run("create view %s as %s".formatted(name.quoted(), sql));
    }

    private AdeException unknown(TableName name) {
        Optional<String> near =
                Spelling.nearest(
                        name.toString(),
                        relations.names().stream().map(TableName::toString).toList(),
                        Spelling::distance,
                        SLIPS_MAX);
        return AdeException.user(
                "Cannot read %s: there is no such dataset".formatted(name),
                near.map(other -> "Did you mean " + other + "?")
                        .orElse("ade status lists the datasets; ade run makes them"));
    }

    private String scan(Relation.Scan scan) {
        if (scan.groups().isEmpty()) {
            return empty(scan.schema().columns());
        }
        return scan.groups().stream()
                .map(group -> group(scan, group))
                .collect(Collectors.joining(" union all "));
    }

    private String group(Relation.Scan scan, Relation.FileGroup group) {
        List<String> parts = new ArrayList<>();
        List<Relation.ScanFile> whole = new ArrayList<>();
        String columns = columns(scan.fields(), group.written());
        for (Relation.ScanFile file : group.files()) {
            paths.add(file.path());
            if (file.deletedRows().isEmpty()) {
                whole.add(file);
            } else {
                parts.add(withoutDeleted(columns, file));
            }
        }
        if (!whole.isEmpty()) {
            String files =
                    whole.stream()
                            .map(file -> Sql.literal(file.path()))
                            .collect(Collectors.joining(", ", "[", "]"));
            parts.add(
                    "select %s from read_parquet(%s, hive_partitioning = false)"
                            .formatted(columns, files));
        }
        return String.join(" union all ", parts);
    }

    private static String withoutDeleted(String columns, Relation.ScanFile file) {
        String rows =
                file.deletedRows().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "select %s from read_parquet(%s, hive_partitioning = false, file_row_number = true) where file_row_number not in (%s)"
                .formatted(columns, Sql.literal(file.path()), rows);
    }

    private static String columns(List<Field> wanted, List<Field> written) {
        if (sameColumns(wanted, written)) {
            return wanted.stream()
                    .map(field -> Sql.quote(field.name()))
                    .collect(Collectors.joining(", "));
        }
        return wanted.stream()
                .map(field -> value(field, written, "") + " as " + Sql.quote(field.name()))
                .collect(Collectors.joining(", "));
    }

    private static boolean sameColumns(List<Field> wanted, List<Field> written) {
        return wanted.equals(written);
    }

    /// The expression that reads a wanted field from what was written, by field id.
    private static String value(Field wanted, List<Field> written, String prefix) {
        Optional<Field> found =
                written.stream().filter(field -> field.id() == wanted.id()).findFirst();
        if (found.isEmpty()) {
            return "cast(null as " + wanted.type().sql() + ")";
        }
        String path = prefix + Sql.quote(found.get().name());
        if (found.get().equals(wanted)) {
            return path;
        }
        if (wanted.type() instanceof Type.Struct && found.get().type() instanceof Type.Struct) {
            String fields =
                    wanted.children().stream()
                            .map(child ->
                                    Sql.quote(child.name())
                                            + " := "
                                            + value(child, found.get().children(), path + "."))
                            .collect(Collectors.joining(", ", "struct_pack(", ")"));
            return "case when %s is null then null else %s end".formatted(path, fields);
        }
        return "cast(%s as %s)".formatted(path, wanted.type().sql());
    }
}
