package dev.ade.code.run;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import dev.ade.spi.TableCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.ipc.ArrowReader;

/// A model written in Java that can be started.
public final class RunningModel implements TableCode {
    private final Declared declared;
    private final Failures failures;
    private final List<TableName> reads;
    private final String text;

    /// @param file path relative to the project
    /// @param reads the datasets that it reads, as it names them
    /// @param text what a plan compares
    public RunningModel(Declared declared, String file, List<TableName> reads, String text) {
        this.declared = declared;
        this.failures = new Failures(declared.type(), file);
        this.reads = List.copyOf(reads);
        this.text = text;
    }

    static org.apache.arrow.vector.types.pojo.Schema arrow(List<Component> columns) {
        return new org.apache.arrow.vector.types.pojo.Schema(
                columns.stream().map(Component::field).toList());
    }

    @Override
    public Schema schema() {
        return Component.schema(Component.of(declared.output()));
    }

    @Override
    public Set<TableName> reads() {
        return new LinkedHashSet<>(reads);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Lineage lineage(Map<TableName, Schema> schemas) {
        return new DeclaredLineage(declared, reads, schemas).lineage();
    }

    @Override
    public ArrowReader start(Tables tables) {
        List<Component> made = Component.of(declared.output());
        boolean isByBatch = declared.input().isPresent();
        Flow.Work work =
                isByBatch
                        ? batches(declared.input().get(), tables)
                        : new TableWork<>(declared, failures, tables);
        return new Flow(tables.allocator(), arrow(made), work, isByBatch ? tables.threads() : 1)
                .start(declared.type().getSimpleName());
    }

    private <I extends Record> Flow.Work batches(Class<I> input, Tables tables) {
        String from = reads.getFirst().quoted();
        Schema schema = tables.describe("select * from " + from);
        try {
            List<Column> columns =
                    Selecting.columns(Component.of(input), schema, reads.getFirst().toString());
            return new BatchWork<>(
                    declared,
                    input,
                    failures,
                    tables.query(Selecting.query(columns, from)),
                    tables.allocator());
        } catch (dev.ade.model.AdeException e) {
            throw failures.of(e);
        }
    }
}
