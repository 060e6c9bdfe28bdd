package dev.ade.jinja;

import dev.ade.model.Location;
import java.util.List;
import java.util.Optional;

/// What is parsed of a template: text, outputs and statements.
sealed interface Node {
    record Text(String text) implements Node {}

    record Output(Expr value) implements Node {}

    record If(List<Branch> branches, List<Node> otherwise) implements Node {}

    record For(
            Location at,
            Target target,
            Expr items,
            Optional<Expr> test,
            boolean recursive,
            List<Node> body,
            List<Node> otherwise)
            implements Node {}

    record Set(Target target, Expr value) implements Node {}

    /// The filter reads the name [#BODY].
    record SetBlock(Target target, Expr filter, List<Node> body) implements Node {}

    record Macro(MacroSpec macro) implements Node {}

    record CallBlock(Expr.Call call, MacroSpec caller) implements Node {}

    record FilterBlock(Expr filter, List<Node> body) implements Node {}

    record Do(Expr value) implements Node {}

    record With(List<Set> names, List<Node> body) implements Node {}

    /// A block of the dialect: nothing is done where it stands.
    record Defined(Block block) implements Node {}

    /// @param extras what follows the name of a dialect's block, between commas
    /// @param rawText the body of a block that is not parsed
    record Block(String tag, MacroSpec macro, List<String> extras, Optional<String> rawText) {
        static Block of(MacroSpec macro) {
            return new Block("macro", macro, List.of(), Optional.empty());
        }
    }

    record Break() implements Node {}

    record Continue() implements Node {}

    record Branch(Expr test, List<Node> body) {}

    record Parameter(String name, Optional<Expr> fallback) {}

    /// No template can say this name: the text that a filter or set block captured.
    String BODY = " body";

    /// @param uses which of `varargs`, `kwargs` and `caller` the body reads
    record MacroSpec(
            Location at,
            String name,
            List<Parameter> parameters,
            List<Node> body,
            java.util.Set<String> uses) {}

    /// What is assigned to.
    sealed interface Target {
        Location at();

        record Variable(Location at, String name) implements Target {}

        record Unpack(Location at, List<Target> items) implements Target {}

        record Field(Location at, String namespace, String name) implements Target {}
    }
}
