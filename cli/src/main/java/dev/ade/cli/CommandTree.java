package dev.ade.cli;

import dev.ade.model.AdeException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// All commands, and what happens when one of them cannot do what it was asked.
final class CommandTree {
    /// Second words of commands, which each names among its aliases.
    private static final Map<String, String> ALIASES = Map.of("list", "ls", "debug", "doctor");

    private final Shell shell;

    CommandTree(Shell shell) {
        this.shell = shell;
    }

    /// Every command, in the order that help lists them.
    enum Entry {
        INIT("init", InitCommand::new),
        PLAN("plan", PlanCommand::new),
        RUN("run", RunCommand::new),
        SQL("sql", SqlCommand::new),
        STATUS("status", StatusCommand::new),
        PROFILE("profile", ProfileCommand::new),
        CHECK("check", CheckCommand::new),
        SOURCE(
                "source",
                _ -> new SourceCommand(),
                new Sub("inspect", SourceCommand.Inspect::new),
                new Sub("add", SourceCommand.Add::new),
                new Sub("freshness", FreshnessCommand::new),
                new Sub("verify", VerifyCommand::new)),
        REJECTED(
                "rejected",
                _ -> new RejectedCommand(),
                new Sub("list", RejectedCommand.Listing::new),
                new Sub("export", RejectedExportCommand::new),
                new Sub("replay", ReplayCommand::new),
                new Sub("corrections", CorrectionsCommand::new),
                new Sub("withdraw", WithdrawCommand::new)),
        LINEAGE("lineage", LineageCommand::new),
        PRIVACY(
                "privacy",
                _ -> new PrivacyCommand(),
                new Sub("report", PrivacyCommand.Report::new),
                new Sub("reveal", RevealCommand::new),
                new Sub("rotate", RotateCommand::new),
                new Sub("rekey", RekeyCommand::new)),
        VAULT(
                "vault",
                _ -> new VaultCommand(),
                new Sub("list", VaultCommand.Listing::new),
                new Sub("get", VaultCommand.Getting::new)),
        FORGET("forget", ForgetCommand::new),
        RETENTION("retention", RetentionCommand::new),
        ENV(
                "env",
                _ -> new EnvCommand(),
                new Sub("list", EnvListCommand::new),
                new Sub("create", EnvCreateCommand::new),
                new Sub("diff", EnvDiffCommand::new),
                new Sub("promote", EnvPromoteCommand::new),
                new Sub("refresh", EnvRefreshCommand::new),
                new Sub("rollback", EnvRollbackCommand::new),
                new Sub("drop", EnvDropCommand::new)),
        DROP("drop", DropCommand::new),
        DEPS("deps", DepsCommand::new),
        MAINTAIN("maintain", MaintainCommand::new),
        DOCTOR("doctor", DoctorCommand::new),
        VERSION("version", VersionCommand::new),
        BUILD(Sub.alike("build", RunCommand::new, "run")),
        TEST(Sub.alike("test", CheckCommand::new, "check")),
        SEED("seed", SeedCommand::new),
        SNAPSHOT("snapshot", SnapshotCommand::new),
        RETRY("retry", RetryCommand::new),
        COMPILE("compile", CompileCommand::new),
        SHOW("show", ShowCommand::new),
        LS("ls", LsCommand::new),
        PARSE("parse", ParseCommand::new),
        RUN_OPERATION("run-operation", RunOperationCommand::new),
        DOCS(
                "docs",
                _ -> new DocsCommand(),
                new Sub("generate", DocsGenerateCommand::new),
                new Sub("serve", DocsServeCommand::new)),
        CLEAN("clean", CleanCommand::new);

        /// Words of dbt, whose flags they take.
        private static final Set<Entry> DBT =
                Collections.unmodifiableSet(
                        EnumSet.of(
                                RUN,
                                BUILD,
                                RETRY,
                                SEED,
                                SNAPSHOT,
                                TEST,
                                COMPILE,
                                SHOW,
                                LS,
                                PARSE,
                                DOCS,
                                RUN_OPERATION,
                                SOURCE,
                                DEPS,
                                CLEAN,
                                DOCTOR));

        private final Sub self;
        private final List<Sub> below;

        Entry(String word, Function<Shell, Object> command, Sub... below) {
            this.self = new Sub(word, command);
            this.below = List.of(below);
        }

        Entry(Sub self) {
            this.self = self;
            this.below = List.of();
        }

        private CommandLine line(Shell shell) {
            CommandLine line = self.line(shell);
            below.forEach(sub -> line.addSubcommand(sub.word(), sub.line(shell)));
            if (DBT.contains(this)) {
                DbtFlag.addTo(line.getCommandSpec());
                line.getSubcommands().values().forEach(sub -> DbtFlag.addTo(sub.getCommandSpec()));
            }
            return line;
        }
    }

    /// @param alike the word that does the same; empty where there is none
    private record Sub(String word, Function<Shell, Object> command, Optional<String> alike) {
        Sub(String word, Function<Shell, Object> command) {
            this(word, command, Optional.empty());
        }

        /// Another word for a command, for those who come from dbt.
        static Sub alike(String word, Function<Shell, Object> command, String other) {
            return new Sub(word, command, Optional.of(other));
        }

        CommandLine line(Shell shell) {
            CommandLine line = new CommandLine(command.apply(shell));
            CommandSpec spec = line.getCommandSpec();
            spec.name(word);
            alike.ifPresent(other ->
                    spec.usageMessage()
                            .description("What ade %s does, by dbt's word.".formatted(other)));
            spec.addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
            return line;
        }
    }

    /// Does what the shell's arguments say; gives the exit status.
    int execute() {
        return commandLine(entries()).execute(shell.arguments().toArray(String[]::new));
    }

    /// Reading a command's annotations costs milliseconds, so only the one that is meant is read.
    private List<Entry> entries() {
        Optional<String> first =
                shell.arguments().stream()
                        .findFirst()
                        .map(word -> ALIASES.getOrDefault(word, word));
        for (Entry entry : Entry.values()) {
            if (first.isPresent() && entry.self.word().equals(first.get())) {
                return List.of(entry);
            }
        }
        return List.of(Entry.values());
    }

    CommandLine commandLine(List<Entry> entries) {
        CommandLine tree = new CommandLine(new AdeCommand(shell));
        DbtFlag.addTo(tree.getCommandSpec());
        entries.forEach(entry -> tree.addSubcommand(entry.self.word(), entry.line(shell)));
        Ansi ansi =
                switch (shell.screen().look()) {
                    case PLAIN -> Ansi.OFF;
                    case COLOUR -> Ansi.ON;
                };
        tree.setCaseInsensitiveEnumValuesAllowed(true);
        tree.setExecutionStrategy(this::execute);
        tree.setDefaultValueProvider(this::otherwise);
        tree.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        tree.setUsageHelpWidth(Math.clamp(shell.screen().width(), 60, 100));
        tree.setOut(writer(shell.out()));
        tree.setErr(writer(shell.err()));
        tree.setParameterExceptionHandler((problem, arguments) -> refuse(problem));
        tree.setExecutionExceptionHandler((problem, line, result) -> explain(problem));
        return tree;
    }

    private int execute(ParseResult parsed) {
        ParseResult command = parsed;
        try {
            for (; command.hasSubcommand(); command = command.subcommand()) {
                tell(command);
            }
            tell(command);
        } catch (AdeException e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.explain(), e);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private void tell(ParseResult command) {
        List<String> notes = DbtFlag.notes(command);
        if (!shell.isQuiet()) {
            notes.forEach(note -> shell.err().println("note: " + note));
        }
    }

    private @Nullable String otherwise(ArgSpec argument) {
        boolean isEnvironment =
                argument instanceof OptionSpec option
                        && List.of(option.names()).contains(ProjectOptions.ENVIRONMENT);
        String name = shell.environment().getOrDefault("ADE_ENV", "");
        return isEnvironment && !name.isBlank() ? name.strip() : null;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private int refuse(ParameterException problem) {
        String path = problem.getCommandLine().getCommandSpec().qualifiedName();
        error(problem.getMessage() + "\n  See %s --help".formatted(path));
        return AdeException.Kind.USER.exitStatus();
    }

    private int explain(Exception problem) {
        AdeException said =
                problem instanceof AdeException ade
                        ? ade
                        : AdeException.internal("Cannot go on: " + problem, problem);
        error(said.explain());
        if ("1".equals(shell.environment().get("ADE_DEBUG"))) {
            trace(problem);
        }
        return said.kind().exitStatus();
    }

    private void trace(Throwable problem) {
        shell.err().println(problem);
        for (StackTraceElement element : problem.getStackTrace()) {
            shell.err().println("\tat " + element);
        }
        Throwable cause = problem.getCause();
        if (cause != null) {
            shell.err().print("caused by ");
            trace(cause);
        }
    }

    private void error(String text) {
        shell.out().flush();
        shell.err().println(shell.screen().red("error:") + " " + text);
    }
}
