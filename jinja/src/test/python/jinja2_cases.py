"""Writes jinja2-cases.json: templates, contexts and what Jinja2 itself makes of them.

Usage: python3 jinja2_cases.py > ../resources/dev/ade/jinja/jinja2-cases.json   (needs jinja2 3.1)
The templates are those of cases.txt beside this file, one a section:

    ## name [context as JSON]
    template (\\n and the like are not read: a template may have several lines)
"""
import json
import pathlib
import sys

import jinja2


def cases(text):
    name, context, lines = None, {}, []
    for line in text.split("\n"):
        if line.startswith("## "):
            if name is not None:
                yield name, context, "\n".join(lines)
            head = line[3:].split(" ", 1)
            name, context, lines = head[0], json.loads(head[1]) if len(head) > 1 else {}, []
        elif name is not None:
            lines.append(line)
    yield name, context, "\n".join(lines).rstrip("\n")


def main():
    environment = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    out = []
    for name, context, template in cases(
        (pathlib.Path(__file__).parent / "cases.txt").read_text(encoding="utf-8")
    ):
        # One line of a section is often a case of its own: those of sections named "each…".
        for text in template.split("\n") if name.startswith("each") else [template]:
            if not text.strip():
                continue
            case = {"name": name, "template": text, "context": context}
            try:
                case["expected"] = environment.from_string(text).render(**json.loads(json.dumps(context)))
            except Exception as problem:
                case["error"] = type(problem).__name__ + ": " + str(problem)
            out.append(case)
    json.dump(out, sys.stdout, indent=1, ensure_ascii=True)
    print()
    print(len(out), "cases,", sum("error" in case for case in out), "errors", file=sys.stderr)


main()
