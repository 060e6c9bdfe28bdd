package dev.ade.run.compare;

import dev.ade.model.CheckSpec;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Layout;
import dev.ade.model.Model;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.run.compare.DatasetChange.Nature;
import dev.ade.spi.Compiler;
import dev.ade.spi.Declaration;
import dev.ade.spi.Engine;
import dev.ade.spi.TableCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts down what a project says about its datasets, as it is kept with what is published.
public final class Declarer {
    private final Compiler.CompiledProject compiled;
    private final Map<TableName, List<CheckSpec>> checks;

    public Declarer(Compiler.CompiledProject compiled) {
        this.compiled = compiled;
        this.checks =
                compiled.project().checks().stream()
                        .collect(Collectors.groupingBy(CheckSpec::dataset));
    }

    /// What is said about a source or model of the project.
    public Declaration declare(TableName dataset) {
        Model model = compiled.project().models().get(dataset);
        return new Declaration(model == null ? List.of() : queries(model), facts(dataset));
    }

    /// Whether more is said otherwise than the words of queries and checks: who reads those knows better.
    public boolean isOther(TableName dataset, Declaration before) {
        return !withoutChecks(before.facts()).equals(withoutChecks(facts(dataset)));
    }

    private static Map<String, String> withoutChecks(Map<String, String> facts) {
        Map<String, String> rest = new HashMap<>(facts);
        rest.keySet().removeIf(key -> key.startsWith(Fact.CHECK));
        return rest;
    }

    private Map<String, String> facts(TableName dataset) {
        Project project = compiled.project();
        Model model = project.models().get(dataset);
        if (model != null) {
            return facts(model);
        }
        SourceTable source = project.sources().get(dataset);
        if (source == null) {
            throw new IllegalArgumentException(dataset + " is not of this project");
        }
        return facts(source);
    }

    /// How deep the change of what makes a model's data goes: `FORMATTING` where nothing of it changed.
    public Nature natureOfDefinition(Declaration before, Declaration after, Engine engine) {
        Contrast contrast = Contrast.of(before, after, engine);
        return contrast.nature()
                .filter(nature -> nature.compareTo(Nature.CHECKS) > 0)
                .orElse(Nature.FORMATTING);
    }

    /// A model's queries alone, which say enough to tell whether it is the same.
    List<String> queries(Model model) {
        Optional<TableCode> code = compiled.code(model);
        if (code.isPresent()) {
            return List.of(code.get().text());
        }
        return Compiler.Situation.canonical(model.kind()).stream()
                .map(situation -> compiled.compile(model, situation))
                .distinct()
                .toList();
    }

    private Map<String, String> facts(Model model) {
        Map<String, String> facts = new HashMap<>(Fact.of(model.kind()));
        model.eventTime().ifPresent(column -> facts.put(Fact.EVENT_TIME, column));
        if (!model.whole().isEmpty()) {
            facts.put(Fact.WHOLE_INPUTS, new TreeSet<>(model.whole()).toString());
        }
        shared(facts, model.name(), model.layout(), model.columns());
        return facts;
    }

    private Map<String, String> facts(SourceTable source) {
        Map<String, String> facts = new HashMap<>(Fact.of(source.load()));
        facts.put(Fact.KIND, Fact.word(source.origin()));
        facts.put(Fact.DRIFT, Fact.word(source.drift()));
        if (source.undeclared() == PrivacyPolicy.KEEP) {
            facts.put(Fact.UNDECLARED, Fact.word(source.undeclared()));
        }
        source.eventTime().ifPresent(column -> facts.put(Fact.EVENT_TIME, column));
        shared(facts, source.name(), source.layout(), source.columns());
        return facts;
    }

    private void shared(
            Map<String, String> facts, TableName dataset, Layout layout, List<ColumnSpec> columns) {
        facts.putAll(Fact.of(layout));
        for (ColumnSpec column : columns) {
            Fact.declared(column).ifPresent(text -> facts.put(Fact.COLUMN + column.name(), text));
            PrivacyChanges.put(facts, column);
        }
        for (CheckSpec check : checks.getOrDefault(dataset, List.of())) {
            facts.put(Fact.CHECK + check.name(), Fact.text(check, query(check)));
        }
    }

    private Optional<String> query(CheckSpec check) {
        return check.assertion() instanceof dev.ade.model.Assertion.Query
                ? Optional.of(compiled.compile(check))
                : Optional.empty();
    }
}
