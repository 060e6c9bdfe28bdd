package dev.ade.run.environment;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.spi.Draft;
import dev.ade.spi.Engine;
import dev.ade.spi.Environments.Mark;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Moves datasets between environments and times, each move a recorded run that publishes in one transaction.
public final class Mover {
    /// Another publication meanwhile makes a move decide again so often before it gives up.
    private static final int ATTEMPTS_MAX = 3;

    private final Lake lake;
    private final Engine engine;
    private final Clock clock;

    public Mover(Lake lake, Engine engine, Clock clock) {
        this.lake = lake;
        this.engine = engine;
        this.clock = clock;
    }

    /// What came of a move.
    ///
    /// @param run empty where there was nothing to move
    public record Moved(Transfer transfer, Optional<RunId> run, String message) {}

    /// Takes over what `from` changed; `guard` refuses what should not be.
    public Moved promote(EnvironmentName from, Asked asked, Guard guard) {
        return move(
                asked,
                target -> {
                    LakeView branch = lake.read(from);
                    Transfer transfer =
                            Transfer.promotion(
                                    lake.environments().basis(from), branch, asked.into(), target);
                    guard.check(transfer);
                    return new Decision(
                            transfer, branch, Optional.of(from), Map.of(), "from " + from);
                });
    }

    /// Takes over what the origin changed.
    public Moved refresh(EnvironmentName origin, Asked asked) {
        return move(
                asked,
                branch -> {
                    LakeView there = lake.read(origin);
                    Transfer transfer =
                            Transfer.refresh(
                                    lake.environments().basis(asked.into()),
                                    asked.into(),
                                    branch,
                                    there);
                    Map<TableName, Mark> kept = new HashMap<>();
                    transfer.conflicts()
                            .forEach(name ->
                                    there.state(name)
                                            .ifPresent(state -> kept.put(name, Mark.of(state))));
                    return new Decision(
                            transfer,
                            there,
                            Optional.of(asked.into()),
                            kept,
                            LastRun.REFRESHED + origin);
                });
    }

    /// Goes back to what was published after `run`.
    public Moved rollback(RunId run, Asked asked) {
        return move(
                asked,
                now -> {
                    LakeView then = lake.readAfter(asked.into(), run);
                    return new Decision(
                            Transfer.rollback(asked.into(), now, then),
                            then,
                            Optional.empty(),
                            Map.of(),
                            "as after run " + run);
                });
    }

    /// @param into whose datasets change
    /// @param command what the person typed, for the record
    /// @param effect whether it is done, or only decided
    public record Asked(EnvironmentName into, String command, Effect effect) {}

    public enum Effect {
        PLAN,
        MOVE
    }

    /// Throws what is to be said where a promotion should not be.
    @FunctionalInterface
    public interface Guard {
        void check(Transfer transfer);
    }

    /// @param source what the moved datasets are read from
    /// @param branch whose basis follows
    /// @param kept marks of datasets that stay as they are, for the basis
    /// @param words what the record says about where they come from
    private record Decision(
            Transfer transfer,
            LakeView source,
            Optional<EnvironmentName> branch,
            Map<TableName, Mark> kept,
            String words) {
        boolean isIdle() {
            return transfer.isEmpty() && kept.isEmpty();
        }
    }

    private Moved move(Asked asked, Function<LakeView, Decision> decide) {
        for (int attempt = 1; ; attempt++) {
            Decision decision = decide.apply(lake.read(asked.into()));
            if (asked.effect() == Effect.PLAN || decision.isIdle()) {
                return new Moved(decision.transfer(), Optional.empty(), "nothing to move");
            }
            try {
                return attempt(asked, decide);
            } catch (AdeException e) {
                if (e.kind() != AdeException.Kind.CONFLICT || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private Moved attempt(Asked asked, Function<LakeView, Decision> decide) {
        Lake.RunStart start =
                new Lake.RunStart(
                        clock.instant(), asked.command(), System.getProperty("user.name", ""));
        try (Draft draft = lake.begin(asked.into(), start)) {
            Decision decision = decide.apply(draft.base());
            for (Move move : decision.transfer().moves()) {
                if (move.after().isPresent()) {
                    draft.adopt(move.dataset(), decision.source());
                } else {
                    draft.drop(move.dataset());
                }
            }
            decision.branch().ifPresent(branch -> rebase(draft, branch, decision));
            RunLogs logs = new RunLogs(engine);
            logs.copy(decision.source(), draft);
            String message = message(decision);
            Draft.RunEnd end = new Draft.RunEnd(clock.instant(), Lake.RunState.PUBLISHED, message);
            logs.add(draft, end, start);
            draft.publish(end, Map.of());
            return new Moved(decision.transfer(), Optional.of(draft.run()), message);
        }
    }

    private void rebase(Draft draft, EnvironmentName branch, Decision decision) {
        boolean isBetweenTheTwo =
                lake.environments()
                        .find(branch)
                        .flatMap(it -> it.origin())
                        .filter(origin ->
                                origin.equals(draft.environment())
                                        || branch.equals(draft.environment()))
                        .isPresent();
        if (isBetweenTheTwo) {
            Map<TableName, Mark> marks = new HashMap<>(decision.transfer().marks());
            marks.putAll(decision.kept());
            Set<TableName> gone = new HashSet<>(decision.transfer().gone());
            draft.rebase(branch, marks, gone);
        }
    }

    private static String message(Decision decision) {
        int datasets = decision.transfer().moves().size();
        return "%,d dataset%s %s".formatted(datasets, datasets == 1 ? "" : "s", decision.words());
    }
}
