package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Definition;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import java.util.HashMap;
import java.util.Map;

/// The `{% docs name %}` blocks of Markdown files, and `doc('name')` that descriptions take them by.
final class DocBlocks implements Callable {
    private final Map<String, String> texts = new HashMap<>();

    void add(String file, String text) {
        if (!text.contains("{%")) {
            return;
        }
        for (Definition definition : Template.parse(file, text, Syntax.DBT).definitions()) {
            if (definition.tag().equals("docs")) {
                definition.rawText().ifPresent(raw -> texts.put(definition.name(), raw.strip()));
            }
        }
    }

    /// `doc('name')`, or `doc('package', 'name')`.
    @Override
    public Object call(Arguments arguments) {
        String name = String.valueOf(arguments.positional().getLast());
        String text = texts.get(name);
        if (text == null) {
            throw AdeException.user(
                    "Cannot find doc('%s'): no Markdown file has a block of that name"
                            .formatted(name),
                    "Write {%% docs %s %%}…{%% enddocs %%} into a .md file beside the models"
                            .formatted(name));
        }
        return text;
    }
}
