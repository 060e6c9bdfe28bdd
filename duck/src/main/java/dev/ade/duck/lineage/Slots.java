package dev.ade.duck.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What an operator gives for each row, in order.
record Slots(List<Slot> list) {
    static final Slots NONE = new Slots(List.of());

    Slots {
        list = List.copyOf(list);
    }

    /// @param table and `column`: the name that the binder gave the value
    record Slot(int table, int column, Value value) {}

    /// Values that the operator makes itself.
    static Slots made(int table, List<Value> values) {
        List<Slot> made = new ArrayList<>();
        for (Value value : values) {
            made.add(new Slot(table, made.size(), value));
        }
        return new Slots(made);
    }

    Value at(int position) {
        if (position < 0 || position >= list.size()) {
            throw new UnknownPlan("the plan names value %d of %d".formatted(position, list.size()));
        }
        return list.get(position).value();
    }

    Value bound(int table, int column) {
        return list.stream()
                .filter(slot -> slot.table() == table && slot.column() == column)
                .findFirst()
                .orElseThrow(() -> new UnknownPlan("the plan names a value it does not have"))
                .value();
    }

    List<Value> values() {
        return list.stream().map(Slot::value).toList();
    }

    Slots and(Slots other) {
        List<Slot> both = new ArrayList<>(list);
        both.addAll(other.list);
        return new Slots(both);
    }

    /// Only these, in this order; all where nothing is said.
    Slots only(List<Integer> positions) {
        if (positions.isEmpty()) {
            return this;
        }
        List<Slot> some = new ArrayList<>();
        for (int position : positions) {
            at(position);
            some.add(list.get(position));
        }
        return new Slots(some);
    }

    /// The same values under another table's name.
    Slots renamed(int table, UnaryOperator<Value> change) {
        return made(table, values().stream().map(change).toList());
    }
}
