package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;

/// What renders to a query: a file of its own, or a block of one.
interface Body {
    String render(Globals globals, Limits limits);
}
