package dev.ade.jinja;

import dev.ade.jinja.Node.Target;
import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs the statements of one rendering.
final class Statements {
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Evaluator evaluator;
    private final Budget budget;

    Statements(Evaluator evaluator, Budget budget) {
        this.evaluator = evaluator;
        this.budget = budget;
    }

    void run(List<Node> nodes, Scope scope, StringBuilder out) {
        flow(nodes, scope, out);
    }

    private Flow flow(List<Node> nodes, Scope scope, StringBuilder out) {
        for (Node node : nodes) {
            Flow flow = run(node, scope, out);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow run(Node node, Scope scope, StringBuilder out) {
        switch (node) {
            case Node.Text(var text) -> write(text, out);
            case Node.Output(var value) -> output(value, scope, out);
            case Node.If branches -> {
                return branch(branches, scope, out);
            }
            case Node.For loop -> loop(loop, evaluator.value(loop.items(), scope), scope, 1, out);
            case Node.Set(var target, var value) ->
                    assign(target, evaluator.value(value, scope), scope);
            case Node.SetBlock(var target, var filter, var body) ->
                    assign(target, captured(filter, body, scope), scope);
            case Node.FilterBlock(var filter, var body) ->
                    write(Python.text(captured(filter, body, scope)), out);
            case Node.Do(var value) -> evaluator.value(value, scope);
            case Node.With with -> {
                return with(with, scope, out);
            }
            case Node.Macro(var macro) ->
                    scope.set(macro.name(), new Macro(macro, evaluator, scope));
            case Node.CallBlock(var call, var caller) ->
                    write(
                            Python.text(
                                    evaluator.call(
                                            call, scope, new Macro(caller, evaluator, scope))),
                            out);
            case Node.Defined _ -> {}
            case Node.Break _ -> {
                return Flow.BREAK;
            }
            case Node.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void output(Expr value, Scope scope, StringBuilder out) {
        Object result = evaluator.value(value, scope);
        try {
            write(Python.text(result), out);
        } catch (Problem e) {
            throw Budget.error(value.at(), e.reason());
        }
    }

    private void write(String text, StringBuilder out) {
        try {
            budget.output(text.length());
            Budget.checkGrowing((long) out.length() + text.length());
            out.append(text);
        } catch (Problem e) {
            throw Budget.error(new dev.ade.model.Location(evaluator.file(), 1, 1), e.reason());
        }
    }

    private Flow branch(Node.If branches, Scope scope, StringBuilder out) {
        for (Node.Branch branch : branches.branches()) {
            if (Python.isTrue(evaluator.value(branch.test(), scope))) {
                return flow(branch.body(), scope, out);
            }
        }
        return flow(branches.otherwise(), scope, out);
    }

    private Flow with(Node.With with, Scope scope, StringBuilder out) {
        Scope inner = scope.inner();
        for (Node.Set set : with.names()) {
            assign(set.target(), evaluator.value(set.value(), scope), inner);
        }
        return flow(with.body(), inner, out);
    }

    private Object captured(Expr filter, List<Node> body, Scope scope) {
        StringBuilder text = new StringBuilder();
        flow(body, scope.inner(), text);
        Scope inner = scope.inner();
        inner.set(Node.BODY, text.toString());
        return evaluator.value(filter, inner);
    }

    /// As in Jinja2, `else` follows where no round came to its end.
    private void loop(Node.For loop, Object over, Scope scope, int depth, StringBuilder out) {
        try {
            List<Object> items = items(loop, Python.items(over), scope);
            Loop state = new Loop(items, depth, recursion(loop, scope, depth));
            boolean completed = false;
            while (state.advance()) {
                Scope inner = scope.inner();
                inner.set("loop", state);
                assign(loop.target(), state.current(), inner);
                Flow flow = flow(loop.body(), inner, out);
                completed |= flow == Flow.ON;
                if (flow == Flow.BREAK) {
                    break;
                }
            }
            if (!completed) {
                flow(loop.otherwise(), scope.inner(), out);
            }
        } catch (Problem e) {
            throw Budget.error(loop.at(), e.reason());
        }
    }

    private Optional<Callable> recursion(Node.For loop, Scope scope, int depth) {
        if (!loop.recursive()) {
            return Optional.empty();
        }
        return Optional.of(arguments -> {
            arguments.allow("iterable");
            StringBuilder text = new StringBuilder();
            budget.enter();
            loop(loop, arguments.require(0, "iterable"), scope, depth + 1, text);
            budget.leave();
            return text.toString();
        });
    }

    private List<Object> items(Node.For loop, List<Object> all, Scope scope) {
        if (loop.test().isEmpty()) {
            return all;
        }
        List<Object> items = new ArrayList<>();
        for (Object item : all) {
            Scope inner = scope.inner();
            assign(loop.target(), item, inner);
            if (Python.isTrue(evaluator.value(loop.test().get(), inner))) {
                items.add(item);
            }
        }
        return items;
    }

    private void assign(Target target, Object value, Scope scope) {
        try {
            switch (target) {
                case Target.Variable(_, var name) -> scope.set(name, value);
                case Target.Unpack unpack -> unpack(unpack, value, scope);
                case Target.Field field -> assignField(field, value, scope);
            }
        } catch (Problem e) {
            throw Budget.error(target.at(), e.reason());
        } catch (AdeException e) {
            throw e.location() == null ? e.at(target.at()) : e;
        }
    }

    private void assignField(Target.Field field, Object value, Scope scope) {
        Object owner = evaluator.value(new Expr.Name(field.at(), field.namespace()), scope);
        if (!(owner instanceof Namespace namespace)) {
            throw new Problem("cannot assign attribute on non-namespace object");
        }
        namespace.set(field.name(), value);
    }

    private void unpack(Target.Unpack unpack, Object value, Scope scope) {
        List<Target> targets = unpack.items();
        if (!Python.isIterable(value)) {
            throw new Problem("cannot unpack non-iterable " + Python.typeName(value) + " object");
        }
        List<Object> items = Python.items(value);
        if (items.size() != targets.size()) {
            throw new Problem(
                    "cannot unpack %d values into %d names"
                            .formatted(items.size(), targets.size()));
        }
        for (int i = 0; i < items.size(); i++) {
            assign(targets.get(i), items.get(i), scope);
        }
    }
}
