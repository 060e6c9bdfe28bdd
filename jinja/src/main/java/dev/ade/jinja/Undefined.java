package dev.ade.jinja;

/// A name, attribute or item that is not there. Prints as nothing, is false and iterates over
/// nothing; anything else done with it is the error that `problem` tells.
///
/// @param name what was looked for
/// @param problem the message of the error
public record Undefined(String name, String problem) {
    public Undefined(String name) {
        this(name, "'" + name + "' is undefined");
    }

    static Undefined attribute(Object of, String name) {
        String type = of instanceof None ? "None" : Python.typeName(of) + " object";
        return new Undefined(name, "'" + type + "' has no attribute '" + name + "'");
    }

    Problem error() {
        return new Problem(problem);
    }

    @Override
    public String toString() {
        return "";
    }
}
