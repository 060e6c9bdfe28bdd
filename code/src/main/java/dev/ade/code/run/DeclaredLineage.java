package dev.ade.code.run;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.Input;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the columns of a model written in Java follow from: what it declares, else everything that it reads.
final class DeclaredLineage {
    private final Declared declared;
    private final List<TableName> reads;
    private final Map<TableName, Schema> schemas;

    DeclaredLineage(Declared declared, List<TableName> reads, Map<TableName, Schema> schemas) {
        this.declared = declared;
        this.reads = reads;
        this.schemas = schemas;
    }

    Lineage lineage() {
        List<Input> everything = all();
        List<Component> made = Component.of(declared.output());
        List<Column> columns = Component.schema(made).columns();
        List<OutputColumn> outputs = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            List<Input> inputs =
                    made.get(i)
                            .declared()
                            .map(names -> names.stream().map(this::input).toList())
                            .orElse(everything);
            outputs.add(
                    new OutputColumn(
                            columns.get(i),
                            expression(made.get(i)),
                            inputs.stream()
                                    .map(input -> new Use(input, Role.TRANSFORM))
                                    .sorted()
                                    .toList()));
        }
        return new Lineage(outputs, List.of(), false, Set.copyOf(reads), "");
    }

    private String expression(Component column) {
        return declared.type().getSimpleName()
                + (column.declared().isPresent()
                        ? " in Java, as declared"
                        : " in Java, of all it reads");
    }

    /// Every column that it may read: those of the record, else of the datasets.
    private List<Input> all() {
        if (declared.input().isPresent()) {
            TableName dataset = reads.getFirst();
            return read(dataset).stream().map(name -> Input.of(dataset, name)).toList();
        }
        List<Input> all = new ArrayList<>();
        for (TableName dataset : reads) {
            Schema schema = schemas.getOrDefault(dataset, new Schema(List.of()));
            schema.names().forEach(column -> all.add(Input.of(dataset, column)));
        }
        return all;
    }

    /// @throws AdeException USER where the dataset has not what the record reads
    private List<String> read(TableName dataset) {
        List<Component> components = Component.of(declared.input().orElseThrow());
        Schema schema = schemas.get(dataset);
        return schema == null
                ? components.stream().map(Component::source).toList()
                : Selecting.columns(components, schema, dataset.toString()).stream()
                        .map(Column::name)
                        .toList();
    }

    /// `column`, or `domain.dataset.column`.
    private Input input(String declaredName) {
        int dot = declaredName.lastIndexOf('.');
        if (dot > 0) {
            TableName dataset = TableName.parse(declaredName.substring(0, dot));
            if (reads.contains(dataset)) {
                return Input.of(dataset, spelled(dataset, declaredName.substring(dot + 1)));
            }
            throw unknown(declaredName);
        }
        List<TableName> having =
                reads.stream()
                        .filter(dataset ->
                                schemas.containsKey(dataset)
                                        && schemas.get(dataset).find(declaredName).isPresent())
                        .toList();
        if (having.size() != 1) {
            throw unknown(declaredName);
        }
        return Input.of(having.getFirst(), spelled(having.getFirst(), declaredName));
    }

    private AdeException unknown(String column) {
        return AdeException.user(
                "Cannot follow '%s', which @From names in %s: it is not one column of what is read"
                        .formatted(column, declared.type().getSimpleName()),
                "Write a column, or domain.dataset.column where several datasets have it");
    }

    private String spelled(TableName dataset, String column) {
        Schema schema = schemas.get(dataset);
        return schema == null ? column : schema.find(column).map(Column::name).orElse(column);
    }
}
