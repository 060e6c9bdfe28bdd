package dev.ade.project;

import dev.ade.jinja.Template;
import dev.ade.model.CheckSpec;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import dev.ade.spi.Compiler.Situation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A project that was read; compiles what is in it on demand. Thread-safe.
final class ReadProject implements Compiler.CompiledProject {
    private final Project project;
    private final Names names;
    private final Queries queries;
    private final Map<String, ChecksReader.Call> calls;
    private final Map<String, Singular> singular;

    /// A check that is a file of its own.
    record Singular(Template template, Optional<String> domain) {}

    ReadProject(
            Project project,
            Names names,
            Queries queries,
            Map<String, ChecksReader.Call> calls,
            Map<String, Singular> singular) {
        this.project = project;
        this.names = names;
        this.queries = queries;
        this.calls = Map.copyOf(calls);
        this.singular = Map.copyOf(singular);
    }

    @Override
    public Project project() {
        return project;
    }

    @Override
    public Set<TableName> select(List<String> select, List<String> exclude) {
        return new Selection(project).select(select, exclude);
    }

    @Override
    public String compile(Model model, Situation situation) {
        ModelFile file =
                names.model(model.name())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        model.name() + " is not of this project"));
        return queries.sql(file, situation);
    }

    @Override
    public String compile(CheckSpec check) {
        ChecksReader.Call call = calls.get(check.name());
        if (call != null) {
            return queries.generic(call, check.options().where());
        }
        Singular file = singular.get(check.name());
        if (file == null) {
            throw new IllegalArgumentException(
                    check.name() + " is not a query check of this project");
        }
        return queries.singular(file.template(), file.domain(), check.location()).sql();
    }
}
