package dev.ade.jinja;

/// Something a template can call. An `AdeException` without a location gets that of the call.
@FunctionalInterface
public interface Callable {
    Object call(Arguments arguments);
}
