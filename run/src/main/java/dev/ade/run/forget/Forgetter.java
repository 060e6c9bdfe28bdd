package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.forget.Forgotten.Hit;
import dev.ade.run.forget.Forgotten.MarkedKey;
import dev.ade.run.forget.Forgotten.Removal;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.run.vault.VaultPeople;
import dev.ade.run.vault.VaultRoom;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Erasure;
import dev.ade.spi.HeldFolder;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Privacy;
import dev.ade.spi.Suppression;
import dev.ade.spi.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Removes people: their rows in every environment, one transaction each, then everything these tables were before,
/// then looks through every file that is left. Stopped anywhere, it goes on when it is asked again.
public final class Forgetter {
    private final Parts parts;
    private final Survey survey;
    private final TableScan scan;
    private final VaultPeople originals;

    /// @param certificates folder that they are written to
    /// @param user of the operating system, for the record
    public record Parts(
            Lake lake,
            Engine engine,
            Privacy privacy,
            CompiledProject compiled,
            ProjectLineage.Binder binder,
            Path certificates,
            Path stages,
            Path scratches,
            Path taps,
            Vault vault,
            Clock clock,
            String user) {}

    public Forgetter(Parts parts) {
        this.parts = parts;
        this.survey = new Survey(parts.compiled(), parts.binder(), parts.engine(), parts.privacy());
        this.scan = new TableScan(parts.engine());
        this.originals =
                new VaultPeople(
                        new VaultRoom.Parts(
                                parts.lake(),
                                parts.vault(),
                                parts::engine,
                                () -> parts.compiled().project(),
                                parts.clock(),
                                parts.user()),
                        parts.stages());
    }

    /// @throws AdeException CONFLICT while a run of any environment is going on: nothing is removed then, or what was
    ///     removed stays so and the rest is done when it is asked again
    public Forgotten forget(ForgetRequest request) {
        boolean isDone = request.effect() == ForgetRequest.Effect.FORGET;
        Erasure erasure = parts.lake().erasure();
        if (isDone) {
            erasure.requireQuiet();
        }
        Instant at = parts.clock().instant();
        Sight sight = look(request);
        List<MarkedKey> keys = marks(request, sight);
        String id = Fingerprint.of("forgotten", at, request.source(), keys).hex().substring(0, 12);
        Forgotten reach =
                new Forgotten(
                        id,
                        at,
                        request.source(),
                        keys,
                        sight.hits(),
                        sight.untouched(),
                        inOldFiles(sight),
                        originals.find(sight.raw()),
                        Optional.empty());
        if (!isDone) {
            return reach;
        }
        // Also where nobody was found: a row that a tap choked on, or a load was killed with, never
        // came in.
        long logs = new TapLogs(parts.taps()).remove();
        sweep(parts.stages());
        sweep(parts.scratches());
        return reach.isNobody() ? reach : remove(request, reach, sight, logs);
    }

    private static void sweep(Path folder) {
        try {
            HeldFolder.sweepAll(folder);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot remove what killed processes left in %s: %s"
                                    .formatted(folder, e.getMessage()),
                            "Make it readable, and do it again")
                    .causedBy(e);
        }
    }

    /// What is known of all environments before anything is removed.
    private record Sight(
            Map<TableName, Target> targets,
            Set<EnvironmentName> holding,
            List<Hit> hits,
            Map<TableName, String> untouched,
            Set<Suppression> suppressions,
            Map<ColumnId, Set<String>> raw,
            Quotations quotable) {}

    private Sight look(ForgetRequest request) {
        Sight sight =
                new Sight(
                        new TreeMap<>(),
                        new LinkedHashSet<>(),
                        new ArrayList<>(),
                        new TreeMap<>(),
                        new HashSet<>(),
                        new TreeMap<>(),
                        new Quotations());
        Map<EnvironmentName, Survey.Found> all = new LinkedHashMap<>();
        for (EnvironmentName environment : environments(request)) {
            Survey.Found found = survey.of(request, environment, parts.lake().read(environment));
            all.put(environment, found);
            sight.quotable().add(found.quotable());
        }
        all.forEach((environment, found) -> {
            survey.addLogs(environment, parts.lake().read(environment), sight.quotable(), found);
            found.targets().forEach(it -> sight.targets().merge(it.dataset(), it, Forgetter::both));
            sight.hits().addAll(found.hits());
            found.untouched().forEach(sight.untouched()::putIfAbsent);
            sight.suppressions().addAll(found.suppressions());
            found.raw()
                    .forEach((column, values) ->
                            sight.raw()
                                    .computeIfAbsent(column, _ -> new TreeSet<>())
                                    .addAll(values));
            if (!found.holding().isEmpty()) {
                sight.holding().add(environment);
            }
        });
        return sight;
    }

    private List<EnvironmentName> environments(ForgetRequest request) {
        List<EnvironmentName> all =
                new ArrayList<>(
                        parts.lake().environments().list().stream()
                                .map(Environment::name)
                                .toList());
        if (!all.contains(request.environment())) {
            all.add(request.environment());
        }
        return all;
    }

    private static Target both(Target a, Target b) {
        Set<Sought> all = new LinkedHashSet<>(a.sought());
        all.addAll(b.sought());
        return new Target(a.dataset(), List.copyOf(all));
    }

    private static List<MarkedKey> marks(ForgetRequest request, Sight sight) {
        return sight.suppressions().stream()
                .filter(it -> it.source().equals(request.source()))
                .map(it -> new MarkedKey(it.column(), it.mark()))
                .sorted(Comparator.comparing(MarkedKey::column).thenComparing(MarkedKey::mark))
                .toList();
    }

    /// Rows that hold them in files that no environment reads.
    private long inOldFiles(Sight sight) {
        Set<String> live = live(sight.targets().keySet());
        long rows = 0;
        for (Target target : sight.targets().values()) {
            List<String> old =
                    parts.lake().erasure().files(Set.of(target.dataset())).stream()
                            .filter(path -> !live.contains(path))
                            .toList();
            rows += sum(scan.rows(old, target, ids(target)));
        }
        return rows;
    }

    private FieldIds ids(Target target) {
        return FieldIds.in(parts.lake(), target.dataset());
    }

    private Set<String> live(Set<TableName> names) {
        Set<String> live = new HashSet<>();
        for (Environment environment : parts.lake().environments().list()) {
            LakeView view = parts.lake().read(environment.name());
            for (TableName name : names) {
                live.addAll(TableScan.paths(view, name));
            }
        }
        return live;
    }

    private static long sum(Map<String, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Models of which there is nothing but what failed steps may have left.
    private Set<TableName> unpublished() {
        Set<TableName> names = new TreeSet<>(parts.compiled().project().models().keySet());
        for (Environment environment : parts.lake().environments().list()) {
            parts.lake().read(environment.name()).states().stream()
                    .map(DatasetState::name)
                    .forEach(names::remove);
        }
        return names;
    }

    private Forgotten remove(ForgetRequest request, Forgotten reach, Sight sight, long tapLogs) {
        // First: of an original that cannot be searched nothing tells later that they were in it.
        originals.remove(reach.vault(), sight.raw());
        Removing removing = new Removing(parts, survey, request, sight.quotable());
        Map<EnvironmentName, RunId> runs = new LinkedHashMap<>();
        List<Hit> hits = new ArrayList<>();
        for (EnvironmentName environment : sight.holding()) {
            Removing.Removed removed = removing.from(environment);
            runs.put(environment, removed.run());
            hits.addAll(removed.hits());
        }
        removing.suppress(sight.suppressions(), runs.keySet());
        Set<TableName> names = new TreeSet<>(sight.targets().keySet());
        names.addAll(unpublished());
        Erasure.Report purged = parts.lake().erasure().purge(names);
        Set<TableName> still = new TreeSet<>();
        long left = 0;
        long scanned = 0;
        for (Target target : sight.targets().values()) {
            List<String> files = parts.lake().erasure().files(Set.of(target.dataset()));
            scanned += files.size();
            long rows = sum(scan.rows(files, target, ids(target)));
            left += rows;
            if (rows > 0) {
                still.add(target.dataset());
            }
        }
        left += originals.find(sight.raw()).stream().mapToLong(VaultPeople.Hit::rows).sum();
        if (left > 0) {
            throw AdeException.conflict(
                    "Cannot certify that they are forgotten: %s of theirs in %s, though all were removed"
                            .formatted(
                                    Wording.count(left, "row"),
                                    still.isEmpty()
                                            ? "the vault"
                                            : still.stream()
                                                    .map(TableName::toString)
                                                    .collect(Collectors.joining(", "))),
                    "Somebody brought them in again meanwhile: do it again");
        }
        Certificate certificate = new Certificate(parts);
        Path file = certificate.file(reach.id());
        Removal removal =
                new Removal(
                        runs,
                        purged.snapshots(),
                        purged.files(),
                        purged.bytes(),
                        scanned,
                        left,
                        tapLogs,
                        file);
        Forgotten done =
                new Forgotten(
                        reach.id(),
                        reach.at(),
                        reach.source(),
                        reach.keys(),
                        hits,
                        reach.untouched(),
                        reach.rowsInOldFiles(),
                        reach.vault(),
                        Optional.of(removal));
        certificate.write(request, done);
        return done;
    }
}
