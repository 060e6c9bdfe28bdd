package dev.ade.run.environment;

import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import java.util.ArrayList;
import java.util.List;

/// Which columns tell the rows of a dataset apart, as far as the project says it.
public final class Keys {
    private final Project project;

    public Keys(Project project) {
        this.project = project;
    }

    /// Empty where nothing is declared.
    List<String> of(TableName dataset) {
        List<String> declared = declared(dataset);
        return declared.isEmpty() ? tested(dataset) : declared;
    }

    private List<String> declared(TableName dataset) {
        Model model = project.models().get(dataset);
        if (model != null) {
            return of(model);
        }
        SourceTable source = project.sources().get(dataset);
        return source == null ? List.of() : source.load().key();
    }

    private static List<String> of(Model model) {
        return switch (model.kind()) {
            case Kind.Dimension dimension ->
                    dimension.history() == Kind.History.CURRENT
                            ? dimension.naturalKey()
                            : with(dimension.naturalKey(), "valid_from");
            case Kind.Incremental incremental -> incremental.uniqueKey();
            case Kind.Custom custom -> custom.uniqueKey();
            case Kind.Day day -> with(day.entity(), model.eventTime().orElseThrow());
            case Kind.Snapshot _, Kind.View _, Kind.Table _, Kind.Fact _ -> List.of();
        };
    }

    private static List<String> with(List<String> columns, String column) {
        List<String> all = new ArrayList<>(columns);
        all.add(column);
        return all;
    }

    /// A column that is tested to be unique does as well.
    private List<String> tested(TableName dataset) {
        return project.checks().stream()
                .filter(check -> check.dataset().equals(dataset))
                .map(CheckSpec::assertion)
                .filter(Assertion.Unique.class::isInstance)
                .map(Assertion.Unique.class::cast)
                .map(Assertion.Unique::column)
                .filter(column -> column.matches("[A-Za-z_]\\w*"))
                .limit(1)
                .toList();
    }
}
