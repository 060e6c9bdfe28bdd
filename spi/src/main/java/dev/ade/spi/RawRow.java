package dev.ade.spi;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A row of a file as it stands there, before it is typed or treated, for people who correct it. It may hold anything.
public interface RawRow {
    /// Physical line that it begins on, from 1.
    long line();

    /// What the file says by column, in its order, without quotes; of columns that the row lacks nothing.
    SequencedMap<String, String> values();

    /// What the row has behind its last column, as it stands there; empty where it has nothing.
    String surplus();

    /// What is to stand in its place so that it has these values and nothing behind them; empty where it stands so already.
    ///
    /// @param values by column, all of its file
    /// @throws dev.ade.model.AdeException USER where they cannot be written in a file of its kind
    Optional<Correction> with(Map<String, String> values);
}
