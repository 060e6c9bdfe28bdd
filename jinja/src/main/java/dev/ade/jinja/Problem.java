package dev.ade.jinja;

/// What is wrong, before it is known where: the evaluator and the parser add the place.
final class Problem extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Problem(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
