package dev.ade.cli;

import dev.ade.model.AdeException;
import dev.ade.model.Wording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        description =
                "Makes a small project that runs: a shop with a few made-up people and orders.",
        footer = {"", "Examples:", "  ade init my-project", "  ade run -p my-project"})
final class InitCommand implements Callable<Integer> {
    private static final String NAME = "NAME";

    /// What is written, by its path under `init/` among the resources; `gitignore` gets its dot.
    private static final List<String> FILES =
            List.of(
                    "ade.yml",
                    "gitignore",
                    "landing/customers-1.csv",
                    "landing/orders-1.csv",
                    "shop/sources.yml",
                    "shop/models/customer_d.sql",
                    "shop/models/order_f.sql",
                    "shop/models/revenue_day_d.sql",
                    "shop/models/revenue_r.sql",
                    "shop/models/schema.yml",
                    "shop/checks/no_order_before_its_customer.sql");

    private final Shell shell;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The folder; made where it is not there. This one by default.")
    private Path folder = Path.of(".");

    InitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Path root = folder.toAbsolutePath().normalize();
        FILES.forEach(file -> refuseWhatIsThere(target(root, file)));
        try {
            for (String file : FILES) {
                Path target = target(root, file);
                Files.createDirectories(target.getParent());
                Files.writeString(target, content(file, root));
            }
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot make the project %s: %s".formatted(folder, Wording.reason(e)),
                            "Check the folder and its permissions")
                    .causedBy(e);
        }
        sayWhatIsNext();
        return 0;
    }

    private static Path target(Path root, String file) {
        return root.resolve(file.equals("gitignore") ? "." + file : file);
    }

    private void refuseWhatIsThere(Path target) {
        if (Files.exists(target)) {
            throw AdeException.user(
                    "Cannot make a project in %s: %s is there already"
                            .formatted(folder, target.getFileName()),
                    "Choose another folder, for example ade init my-project");
        }
    }

    private static String content(String file, Path root) throws IOException {
        try (InputStream in = InitCommand.class.getResourceAsStream("init/" + file)) {
            if (in == null) {
                throw new IOException("the resource init/" + file + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return file.equals("ade.yml") ? text.replace(NAME, name(root)) : text;
        }
    }

    /// The folder's name as a plain word.
    private static String name(Path root) {
        Path last = root.getFileName();
        String plain =
                (last == null ? "" : last.toString())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^[0-9_]+|_+$", "");
        return plain.isEmpty() ? "estate" : plain;
    }

    private void sayWhatIsNext() {
        boolean here = folder.normalize().toString().isEmpty();
        String where = here ? "" : " -p " + folder;
        shell.out()
                .printf(
                        """
                        Made a project%s. Next:

                          ade run%s                     load, build, check and publish it
                          ade sql%s "from shop.revenue_r"
                          ade privacy report%s          what became of names and card numbers
                          ade run%s                     again: nothing to do

                        Then look at shop/sources.yml and shop/models.
                        """,
                        here ? " here" : " in " + folder, where, where, where, where);
    }
}
