package dev.ade.jinja;

/// An object with attributes: the only kind that a template can look into, besides strings, lists,
/// tuples and dicts. May also be a [Callable]. Prints as its `toString()`.
public interface Attributes {
    /// The attribute, or an [Undefined] where there is none of that name.
    Object attribute(String name);
}
