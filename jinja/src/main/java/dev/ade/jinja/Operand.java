package dev.ade.jinja;

import java.util.Optional;

/// A value that knows what `+ - * / // % **` do with it, as Python's dates do.
///
/// It can be compared with others of its own class if it is `Comparable`, too.
public interface Operand {
    /// The result of `this sign other`; empty where there is none.
    Optional<Object> left(String sign, Object other);

    /// The result of `other sign this`; empty where there is none.
    Optional<Object> right(String sign, Object other);
}
