package dev.ade.spi;

/// Takes in what a load reads, as it lies there, before it is published.
@FunctionalInterface
public interface Keeper {
    Keeper NONE = _ -> {};

    void keep(Loader.Item item);
}
