package dev.ade.jinja;

/// How `return(value)` leaves a macro. Globals may expose [#RETURN] as `return`.
public final class Return extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Ends the macro that calls it, with its argument as the result.
    public static final Callable RETURN =
            arguments -> {
                arguments.allow("data");
                throw new Return(arguments.get(0, "data", None.NONE));
            };

    private final transient Object value;

    private Return(Object value) {
        super("'return' outside a macro", null, false, false);
        this.value = value;
    }

    Object value() {
        return value;
    }
}
