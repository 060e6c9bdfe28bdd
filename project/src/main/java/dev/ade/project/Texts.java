package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;

/// Text that is a template within a template.
final class Texts {
    private Texts() {}

    static String render(String text, Globals globals) {
        return text.contains("{{") || text.contains("{%")
                ? Template.parse("render(…)", text, Syntax.DBT).render(globals, Limits.DEFAULT)
                : text;
    }
}
