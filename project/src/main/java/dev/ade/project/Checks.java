package dev.ade.project;

import dev.ade.model.CheckSpec;
import dev.ade.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The checks of a project, each under a name of its own. Used by one thread.
final class Checks {
    private static final int NAME_LENGTH_MAX = 200;

    private final List<CheckSpec> all = new ArrayList<>();
    private final Map<String, ChecksReader.Call> calls = new LinkedHashMap<>();
    private final Map<String, ChecksReader.Written> written = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    /// A check under the name that it has where no other has it.
    ///
    /// @param call what makes its query, where a generic test does
    /// @param written how it is written, where it is one of dbt's generic tests
    record Draft(
            CheckSpec check,
            Optional<ChecksReader.Call> call,
            Optional<ChecksReader.Written> written) {
        Draft as(ChecksReader.Written how) {
            return new Draft(check, call, Optional.of(how));
        }
    }

    void add(List<Draft> drafts) {
        drafts.forEach(this::add);
    }

    private void add(Draft draft) {
        CheckSpec check = draft.check();
        String name = unique(check.name(), check.dataset());
        all.add(
                new CheckSpec(
                        name,
                        check.dataset(),
                        check.inputs(),
                        check.assertion(),
                        check.options(),
                        check.tags(),
                        check.location()));
        draft.call().ifPresent(call -> calls.put(name, call));
        draft.written().ifPresent(how -> written.put(name, how));
    }

    List<CheckSpec> all() {
        return all;
    }

    Map<String, ChecksReader.Call> calls() {
        return calls;
    }

    /// Generic tests by the names of their checks.
    Map<String, ChecksReader.Written> written() {
        return written;
    }

    /// A name that no other check has.
    String unique(String name, TableName dataset) {
        String brief = name.length() <= NAME_LENGTH_MAX ? name : name.substring(0, NAME_LENGTH_MAX);
        String candidate = brief;
        for (int i = 1; !names.add(candidate); i++) {
            candidate = dataset.namespace() + "_" + brief + (i == 1 ? "" : "_" + i);
        }
        return candidate;
    }
}
