package dev.ade.jinja;

import java.util.List;
import java.util.Map;

/// Keys of a dict, of which 1, 1.0 and True are the same.
final class Dicts {
    private Dicts() {}

    /// The key as the map has it, or the one given where it has none equal to it.
    static Object key(Map<?, ?> map, Object key) {
        checkKey(key);
        if (!Numbers.isNumber(key) || map.containsKey(key)) {
            return key;
        }
        Budget.spend(map.size());
        for (Object other : map.keySet()) {
            if (Numbers.isNumber(other) && Comparison.equal(other, key)) {
                return other;
            }
        }
        return key;
    }

    static void checkKey(Object key) {
        Budget.spend(1);
        if (key instanceof List || key instanceof Map) {
            throw new Problem("unhashable type: '" + Python.typeName(key) + "'");
        }
        if (key instanceof Tuple(var items)) {
            items.forEach(Dicts::checkKey);
        }
    }
}
