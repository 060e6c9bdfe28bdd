package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import java.util.List;

/// Understands models that are written in a programming language.
public interface CodeReader {
    /// Compiles a model where that was not done before. Runs nothing of it.
    ///
    /// @param file path relative to the project
    /// @throws dev.ade.model.AdeException USER, with line and column, where it is not understood
    Code read(String file, String text);

    /// A model that was compiled.
    interface Code {
        /// What its rows follow from beside its inputs: its text, its libraries, the language.
        Fingerprint version();

        /// The datasets it reads, as it names them, in order.
        List<String> reads();

        /// The same, once it is known which datasets those are.
        TableCode bind(List<TableName> reads);
    }
}
