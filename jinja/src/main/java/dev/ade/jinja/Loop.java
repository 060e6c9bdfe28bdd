package dev.ade.jinja;

import java.util.List;
import java.util.Optional;

/// The `loop` of a `for`.
final class Loop implements Attributes, Callable {
    private final List<Object> items;
    private final int depth;
    private final Optional<Callable> recursion;
    private int index = -1;
    private Optional<List<Object>> changed = Optional.empty();

    Loop(List<Object> items, int depth, Optional<Callable> recursion) {
        this.items = items;
        this.depth = depth;
        this.recursion = recursion;
    }

    boolean advance() {
        index++;
        return index < items.size();
    }

    Object current() {
        return items.get(index);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) items.size() - index;
            case "revindex0" -> items.size() - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == items.size() - 1;
            case "length" -> (long) items.size();
            case "depth" -> (long) depth;
            case "depth0" -> depth - 1L;
            case "previtem" ->
                    index == 0
                            ? new Undefined(name, "there is no previous item")
                            : items.get(index - 1);
            case "nextitem" ->
                    index == items.size() - 1
                            ? new Undefined(name, "there is no next item")
                            : items.get(index + 1);
            case "cycle" -> (Callable) this::cycle;
            case "changed" -> (Callable) this::isChanged;
            default -> new Undefined(name, "'LoopContext object' has no attribute '" + name + "'");
        };
    }

    private Object cycle(Arguments arguments) {
        List<Object> values = arguments.positional();
        if (values.isEmpty()) {
            throw new Problem("no items for cycling given");
        }
        return values.get(index % values.size());
    }

    private Object isChanged(Arguments arguments) {
        List<Object> now = arguments.positional();
        if (changed.isPresent() && Comparison.equal(changed.get(), now)) {
            return false;
        }
        changed = Optional.of(now);
        return true;
    }

    @Override
    public Object call(Arguments arguments) {
        return recursion
                .orElseThrow(
                        () -> new Problem("the loop must have the 'recursive' marker to be called"))
                .call(arguments);
    }

    @Override
    public String toString() {
        return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
    }
}
