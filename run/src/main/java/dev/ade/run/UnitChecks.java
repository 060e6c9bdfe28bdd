package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.run.build.UnitTests;
import dev.ade.spi.Checker;
import dev.ade.spi.DatasetState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The unit tests of models, as checks that have to hold before a model is built.
final class UnitChecks {
    /// The property under which a dataset keeps by what its query was tested.
    static final String TESTED_BY = "unit_tested_by";

    private final Project project;
    private final UnitTests tests;
    private final Set<String> selected;

    /// All of them.
    UnitChecks(Project project, UnitTests tests) {
        this(
                project,
                tests,
                project.unitTests().stream().map(UnitTest::name).collect(Collectors.toSet()));
    }

    /// @param selected names of those that are wanted
    UnitChecks(Project project, UnitTests tests, Set<String> selected) {
        this.project = project;
        this.tests = tests;
        this.selected = Set.copyOf(selected);
    }

    /// What the unit tests of a dataset follow from; empty where it has none.
    static Optional<Fingerprint> testedBy(Project project, TableName dataset) {
        List<UnitTest> tests = project.unitTests(dataset);
        Model model = project.models().get(dataset);
        return tests.isEmpty() || model == null
                ? Optional.empty()
                : Optional.of(
                        Fingerprint.of(
                                model.definition(),
                                tests.stream().map(UnitTest::fingerprint).sorted().toList()));
    }

    /// Runs the unit tests of a dataset, unless they held for this query before.
    List<Checker.Result> due(TableName dataset, Optional<DatasetState> published) {
        Optional<String> wanted = testedBy(project, dataset).map(Fingerprint::hex);
        Optional<String> held =
                published.map(state -> state.properties().getOrDefault(TESTED_BY, ""));
        return wanted.equals(held) ? List.of() : all(dataset);
    }

    List<Checker.Result> all(TableName dataset) {
        return project.unitTests(dataset).stream()
                .filter(test -> selected.contains(test.name()))
                .map(this::run)
                .toList();
    }

    private Checker.Result run(UnitTest test) {
        try {
            UnitTests.Outcome outcome = tests.run(test);
            return outcome.differing() == 0
                    ? result(test, Checker.Outcome.PASS, 0, "")
                    : result(test, Checker.Outcome.FAIL, outcome.differing(), outcome.message());
        } catch (AdeException e) {
            if (e.kind() == AdeException.Kind.CANCELLED) {
                throw e;
            }
            return result(test, Checker.Outcome.ERROR, 0, String.valueOf(e.getMessage()));
        }
    }

    private static Checker.Result result(
            UnitTest test, Checker.Outcome outcome, long failures, String message) {
        CheckSpec check =
                new CheckSpec(
                        test.name(),
                        test.model(),
                        Set.of(test.model()),
                        new Assertion.Query(Fingerprint.of(test.name())),
                        CheckSpec.Options.DEFAULT,
                        test.tags(),
                        test.location());
        return new Checker.Result(check, outcome, failures, message, "", null, List.of());
    }
}
