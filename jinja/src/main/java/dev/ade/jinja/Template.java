package dev.ade.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A parsed template. Immutable; any number of threads may render it at once.
public final class Template {
    private final String file;
    private final List<Node> nodes;
    private final Set<String> names;

    private Template(String file, List<Node> nodes, Set<String> names) {
        this.file = file;
        this.nodes = nodes;
        this.names = names;
    }

    /// Reads a template in plain Jinja2.
    public static Template parse(String file, String text) {
        return parse(file, text, Syntax.PLAIN);
    }

    /// Reads a template; throws an `AdeException` with the place where it is wrong.
    ///
    /// @param file path that errors name
    public static Template parse(String file, String text, Syntax syntax) {
        Source source = Source.of(file, text, 1);
        Tokens tokens = new Tokens(source, Lexer.template(source, syntax));
        List<Node> nodes = source.parse(new Parser(tokens, syntax)::template);
        return new Template(file, nodes, tokens.reads());
    }

    /// The text it gives. Throws an `AdeException` with the place that went wrong.
    public String render(Globals globals, Limits limits) {
        return Budget.within(
                limits, file, budget -> new Evaluator(file, globals, budget).render(nodes));
    }

    /// Its macros and blocks of the dialect that are not inside another statement, in order.
    public List<Definition> definitions() {
        List<Definition> definitions = new ArrayList<>();
        for (Node node : nodes) {
            switch (node) {
                case Node.Macro(var macro) ->
                        definitions.add(new Definition(file, Node.Block.of(macro), sets()));
                case Node.Defined(var block) ->
                        definitions.add(new Definition(file, block, sets()));
                case Node.Text _,
                        Node.Output _,
                        Node.If _,
                        Node.For _,
                        Node.Set _,
                        Node.SetBlock _,
                        Node.CallBlock _,
                        Node.FilterBlock _,
                        Node.Do _,
                        Node.With _,
                        Node.Break _,
                        Node.Continue _ -> {}
            }
        }
        return List.copyOf(definitions);
    }

    private List<Node> sets() {
        return nodes.stream()
                .filter(node -> node instanceof Node.Set || node instanceof Node.SetBlock)
                .toList();
    }

    /// Every name that is read anywhere in it, also those that it sets itself.
    public Set<String> names() {
        return names;
    }
}
