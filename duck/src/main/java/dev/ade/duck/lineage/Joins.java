package dev.ade.duck.lineage;

import dev.ade.spi.Lineage.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/// What joins give: their sides, or less, or a mark.
final class Joins {
    private final Expressions expressions;
    private final BiConsumer<Collection<Value>, Role> steer;

    /// @param steer told what decides which rows meet
    Joins(Expressions expressions, BiConsumer<Collection<Value>, Role> steer) {
        this.expressions = expressions;
        this.steer = steer;
    }

    Slots slots(Node join, Slots left, Slots right) {
        List<Value> met = conditions(join, left, right);
        String type = join.has("join_type") ? join.text("join_type") : "INNER";
        Slots leftOut = left.only(join.numbers("left_projection_map"));
        Slots rightOut = right.only(join.numbers("right_projection_map"));
        if (type.equals("MARK")) {
            return leftOut.and(mark(join, met));
        }
        steer.accept(met, Role.JOIN);
        return switch (type) {
            case "SEMI", "ANTI" -> leftOut;
            case "RIGHT_SEMI", "RIGHT_ANTI" -> rightOut;
            case "INNER", "LEFT", "RIGHT", "OUTER", "FULL", "SINGLE" -> leftOut.and(rightOut);
            default -> throw new UnknownPlan("a join of type %s is not understood".formatted(type));
        };
    }

    private List<Value> conditions(Node join, Slots left, Slots right) {
        List<Value> met = new ArrayList<>();
        Slots both = left.and(right);
        for (Node condition : join.list("conditions")) {
            condition.child("left").ifPresent(side -> met.add(expressions.value(side, left)));
            condition.child("right").ifPresent(side -> met.add(expressions.value(side, right)));
            condition
                    .child("expression")
                    .ifPresent(whole -> met.add(expressions.value(whole, both)));
        }
        join.child("condition").ifPresent(whole -> met.add(expressions.value(whole, both)));
        join.child("predicate").ifPresent(whole -> met.add(expressions.value(whole, both)));
        for (Node residual : join.list("expressions")) {
            met.add(expressions.value(residual, both));
        }
        return met;
    }

    /// Whether a row has a match, as a value of the row.
    private static Slots mark(Node join, List<Value> met) {
        Text text =
                met.isEmpty()
                        ? Text.atom("exists (…)")
                        : Text.compound(met.getFirst().text().inside() + " in (…)");
        return Slots.made(
                join.number("mark_index"), List.of(new Value(Value.through(met, Role.TEST), text)));
    }
}
