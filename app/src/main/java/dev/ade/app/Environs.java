package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.run.environment.DataDiff;
import dev.ade.run.environment.Divergence;
import dev.ade.run.environment.Divergence.Drift;
import dev.ade.run.environment.KeptOutside;
import dev.ade.run.environment.Keys;
import dev.ade.run.environment.LastRun;
import dev.ade.run.environment.Mover;
import dev.ade.run.environment.Transfer;
import dev.ade.spi.Environments;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The environments of a project in a folder of this machine.
final class Environs implements AdeEnvironments {
    /// More names would hide what an error says.
    private static final int NAMES_MAX = 20;

    private final Wiring wiring;
    private final Clock clock;

    Environs(Wiring wiring, Clock clock) {
        this.wiring = wiring;
        this.clock = clock;
    }

    /// Fails, naming those there are, where there is no such environment.
    static void require(Environments environments, EnvironmentName name) {
        if (environments.find(name).isEmpty()) {
            throw AdeException.user(
                    "Cannot use environment %s: there is none of that name; there %s"
                            .formatted(name, known(environments.list())),
                    "Make it with ade env create " + name);
        }
    }

    private static String known(List<Environment> all) {
        String names =
                all.stream().map(it -> it.name().toString()).collect(Collectors.joining(", "));
        return switch (all.size()) {
            case 0 -> "are no others yet";
            case 1 -> "is " + names;
            default -> "are " + names;
        };
    }

    private Lake lake() {
        return wiring.lake();
    }

    /// What an environment was made from, else the default one.
    private EnvironmentName origin(EnvironmentName name) {
        return lake().environments()
                .find(name)
                .flatMap(Environment::origin)
                .orElseGet(this::defaultName);
    }

    private EnvironmentName defaultName() {
        return wiring.settings().environment();
    }

    @Override
    public List<Summary> list() {
        List<Summary> all = new ArrayList<>();
        for (Environment one : lake().environments().list()) {
            all.add(summary(one));
        }
        if (all.stream().noneMatch(it -> it.role() == Role.DEFAULT)) {
            all.add(nothingYet());
        }
        all.sort(Comparator.comparing(Summary::role).thenComparing(it -> it.name().name()));
        return all;
    }

    @Override
    public Summary summary(EnvironmentName name) {
        Optional<Environment> found = lake().environments().find(name);
        if (found.isEmpty() && name.equals(defaultName())) {
            return nothingYet();
        }
        require(lake().environments(), name);
        return summary(found.orElseThrow());
    }

    private Summary nothingYet() {
        return new Summary(
                defaultName(),
                Role.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty());
    }

    private Summary summary(Environment one) {
        LakeView here = lake().read(one.name());
        Divergence divergence = divergence(one, here);
        return new Summary(
                one.name(),
                one.name().equals(defaultName()) ? Role.DEFAULT : Role.OTHER,
                one.origin(),
                Optional.of(one.createdAt()),
                (int) here.names().stream().filter(it -> !it.namespace().equals("ade")).count(),
                divergence.count(Drift.HERE) + divergence.count(Drift.BOTH),
                divergence.count(Drift.THERE) + divergence.count(Drift.BOTH),
                lake().runs(one.name(), 1).stream().findFirst());
    }

    private Divergence divergence(Environment one, LakeView here) {
        Optional<EnvironmentName> origin =
                one.origin().filter(it -> lake().environments().find(it).isPresent());
        return origin.map(it ->
                        Divergence.of(
                                lake().environments().basis(one.name()), here, lake().read(it)))
                .orElseGet(() -> new Divergence(Map.of()));
    }

    @Override
    public Summary create(EnvironmentName name, Optional<EnvironmentName> origin) {
        EnvironmentName from = origin.orElseGet(this::defaultName);
        if (!from.equals(defaultName())) {
            require(lake().environments(), from);
        }
        if (name.equals(defaultName())) {
            throw AdeException.user(
                    "Cannot create environment %s: it is the default one, which the first run makes"
                            .formatted(name),
                    "Choose another name");
        }
        return summary(lake().environments().create(name, from, clock.instant()));
    }

    @Override
    public Map<TableName, String> drop(EnvironmentName name) {
        if (name.equals(defaultName())) {
            throw AdeException.user(
                    "Cannot drop environment %s: it is the default one".formatted(name),
                    "Name another default with environment: in ade.yml first, if it really has to go");
        }
        require(lake().environments(), name);
        Map<TableName, String> kept = KeptOutside.of(lake(), name);
        lake().environments().drop(name);
        return kept;
    }

    @Override
    public Outcome promote(EnvironmentName name, Promotion promotion) {
        require(lake().environments(), name);
        EnvironmentName into = promotion.to().orElseGet(() -> origin(name));
        if (!into.equals(defaultName())) {
            require(lake().environments(), into);
        }
        if (into.equals(name)) {
            throw AdeException.user(
                    "Cannot promote environment %s to itself".formatted(name),
                    "Name another one with --to");
        }
        Optional<Lake.RunRecord> unfinished = LastRun.unfinished(lake(), name);
        boolean isPlan = promotion.task().effect() == Mover.Effect.PLAN;
        if (!isPlan && !promotion.despite().contains(Obstacle.UNFINISHED)) {
            unfinished.ifPresent(run -> refuse(name, into, run));
        }
        boolean isGuarded = !isPlan && !promotion.despite().contains(Obstacle.CONFLICT);
        Mover.Guard guard = isGuarded ? transfer -> requireNoConflict(name, transfer) : _ -> {};
        return new Outcome(mover().promote(name, asked(into, promotion.task()), guard), unfinished);
    }

    private static void refuse(EnvironmentName name, EnvironmentName into, Lake.RunRecord run) {
        String what =
                "Cannot promote %s to %s: its last run, %s, ".formatted(name, into, run.run());
        if (run.state() == Lake.RunState.RUNNING) {
            throw AdeException.conflict(what + "is still going on", "Wait for it");
        }
        throw AdeException.data(
                what
                        + "%s (%s)"
                                .formatted(
                                        run.state()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        run.message()),
                "Mend what is wrong and run it again (ade run -e %s), or promote what it did publish with --incomplete"
                        .formatted(name));
    }

    private void requireNoConflict(EnvironmentName name, Transfer transfer) {
        if (transfer.conflicts().isEmpty()) {
            return;
        }
        LakeView target = lake().read(transfer.into());
        String datasets =
                transfer.conflicts().stream()
                        .limit(NAMES_MAX)
                        .map(it ->
                                target.state(it)
                                        .map(state -> "%s (run %s)".formatted(it, state.run()))
                                        .orElse(it + " (dropped)"))
                        .collect(Collectors.joining(", "));
        int more = transfer.conflicts().size() - NAMES_MAX;
        throw AdeException.conflict(
                "Cannot promote %1$s to %2$s: since %1$s was made, %2$s has published what %1$s changed too: %3$s"
                        .formatted(
                                name,
                                transfer.into(),
                                more > 0 ? "%s and %,d more".formatted(datasets, more) : datasets),
                """
                Bring %1$s up to date, then promote again: ade env refresh %1$s && ade run -e %1$s
                  Or let %1$s replace what %2$s has, with --overwrite: ade env diff %1$s %2$s shows what is lost\
                """
                        .formatted(name, transfer.into()));
    }

    @Override
    public Outcome refresh(EnvironmentName name, Task task) {
        require(lake().environments(), name);
        EnvironmentName origin =
                lake().environments()
                        .find(name)
                        .flatMap(Environment::origin)
                        .orElseThrow(() ->
                                AdeException.user(
                                        "Cannot refresh environment %s: it was made from none"
                                                .formatted(name),
                                        "ade run -e %s brings it up to date".formatted(name)));
        if (!origin.equals(defaultName())) {
            require(lake().environments(), origin);
        }
        return new Outcome(mover().refresh(origin, asked(name, task)), Optional.empty());
    }

    @Override
    public Outcome rollback(EnvironmentName name, RunId to, Task task) {
        require(lake().environments(), name);
        return new Outcome(mover().rollback(to, asked(name, task)), Optional.empty());
    }

    @Override
    public Comparison diff(
            EnvironmentName left, Optional<EnvironmentName> right, DiffRequest request) {
        requireReadable(left);
        EnvironmentName other = right.orElseGet(() -> origin(left));
        requireReadable(other);
        LakeView here = lake().read(left);
        LakeView there = lake().read(other);
        DataDiff diff =
                new DataDiff(
                        wiring.engine(),
                        wiring.settings().engine().spill(),
                        new Keys(wiring.compiled().project()));
        return new Comparison(
                left,
                other,
                request.share(),
                selected(request.datasets(), here, there).stream()
                        .map(name -> diff.compare(name, here, there, request.share()))
                        .toList());
    }

    private void requireReadable(EnvironmentName name) {
        if (!name.equals(defaultName())) {
            require(lake().environments(), name);
        }
    }

    private static Set<TableName> selected(List<String> wanted, LakeView here, LakeView there) {
        Set<TableName> all = new TreeSet<>(here.names());
        all.addAll(there.names());
        all.removeIf(name -> name.namespace().equals("ade"));
        for (String one : wanted) {
            if (all.stream().noneMatch(name -> isMeant(name, one))) {
                throw AdeException.user(
                        "Cannot compare %s: neither environment has such a dataset".formatted(one),
                        "ade status lists them");
            }
        }
        all.removeIf(
                name -> !wanted.isEmpty() && wanted.stream().noneMatch(one -> isMeant(name, one)));
        return all;
    }

    private static boolean isMeant(TableName name, String wanted) {
        return name.toString().equals(wanted) || name.name().equals(wanted);
    }

    private Mover mover() {
        return new Mover(lake(), wiring.engine(), clock);
    }

    private static Mover.Asked asked(EnvironmentName into, Task task) {
        return new Mover.Asked(into, task.command(), task.effect());
    }
}
