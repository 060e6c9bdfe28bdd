package dev.ade.run.environment;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.environment.Divergence.Drift;
import dev.ade.spi.Environments.Mark;
import dev.ade.spi.LakeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What would move into an environment, decided from what both sides read. Nothing is built for it.
///
/// @param into the environment that takes over
/// @param moves by dataset
/// @param conflicts datasets of `moves` that `into` changed too since both were last together
/// @param others datasets that only `into` changed since; they stay as they are
public record Transfer(
        EnvironmentName into, List<Move> moves, List<TableName> conflicts, List<TableName> others) {
    public Transfer {
        moves = List.copyOf(moves);
        conflicts = List.copyOf(conflicts);
        others = List.copyOf(others);
    }

    public boolean isEmpty() {
        return moves.isEmpty();
    }

    /// What an environment changed goes to `into`.
    ///
    /// @param basis what the environment follows from
    public static Transfer promotion(
            Map<TableName, Mark> basis, LakeView branch, EnvironmentName into, LakeView target) {
        Divergence divergence = Divergence.of(basis, branch, target);
        List<TableName> conflicts = divergence.with(Drift.BOTH);
        Set<TableName> moving = new TreeSet<>(divergence.with(Drift.HERE));
        moving.addAll(conflicts);
        return new Transfer(
                into, moves(moving, target, branch), conflicts, divergence.with(Drift.THERE));
    }

    /// What the origin changed goes to `into`. Where both changed a dataset, the environment keeps its own if it
    /// also defines it in its own way; else the origin's is the better start for its next run.
    ///
    /// @param basis what `into` follows from
    public static Transfer refresh(
            Map<TableName, Mark> basis, EnvironmentName into, LakeView branch, LakeView origin) {
        Divergence divergence = Divergence.of(basis, branch, origin);
        Set<TableName> moving = new TreeSet<>(divergence.with(Drift.THERE));
        List<TableName> kept = new ArrayList<>();
        for (TableName name : divergence.with(Drift.BOTH)) {
            if (isOwnDefinition(name, branch, basis)) {
                kept.add(name);
            } else {
                moving.add(name);
            }
        }
        List<TableName> others = new ArrayList<>(divergence.with(Drift.HERE));
        others.addAll(kept);
        return new Transfer(
                into, moves(moving, branch, origin), kept, others.stream().sorted().toList());
    }

    private static boolean isOwnDefinition(
            TableName name, LakeView branch, Map<TableName, Mark> basis) {
        Optional<Mark> before = Optional.ofNullable(basis.get(name));
        return !branch.state(name)
                .map(Mark::of)
                .map(Mark::definition)
                .equals(before.map(Mark::definition));
    }

    /// Everything becomes what it was.
    public static Transfer rollback(EnvironmentName into, LakeView now, LakeView then) {
        Set<TableName> all = new TreeSet<>(now.names());
        all.addAll(then.names());
        all.removeIf(Divergence::isOwn);
        return new Transfer(into, moves(all, now, then), List.of(), List.of());
    }

    private static List<Move> moves(Set<TableName> names, LakeView before, LakeView after) {
        return names.stream()
                .map(name -> new Move(name, before.state(name), after.state(name)))
                .filter(move -> !move.isIdle())
                .toList();
    }

    /// What both sides have in common once this is done, of the datasets it moves.
    Map<TableName, Mark> marks() {
        Map<TableName, Mark> marks = new HashMap<>();
        moves.forEach(
                move -> move.after().ifPresent(state -> marks.put(move.dataset(), Mark.of(state))));
        return marks;
    }

    Set<TableName> gone() {
        Set<TableName> gone = new HashSet<>();
        moves.stream()
                .filter(move -> move.after().isEmpty())
                .forEach(move -> gone.add(move.dataset()));
        return gone;
    }
}
