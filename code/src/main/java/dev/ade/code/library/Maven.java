package dev.ade.code.library;

import dev.ade.model.AdeException;
import dev.ade.model.MavenCoordinate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The user's own Maven, which knows their repositories, mirrors and passwords.
///
/// @param program `mvn`, or its path
/// @param options for each call
/// @param repository where it keeps what it has fetched
public record Maven(String program, List<String> options, Path repository) {
    private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0";
    private static final int MINUTES_MAX = 15;
    private static final int MESSAGE_MAX = 500;
    private static final String ELSE = "put the jars into lib/ of the project";

    public Maven {
        options = List.copyOf(options);
    }

    /// What a shell would start, with the repository that this process was told of, else the one in the user's home.
    public static Maven ofUser() {
        String told = System.getProperty("maven.repo.local");
        return told == null
                ? new Maven(
                        "mvn",
                        List.of(),
                        Path.of(System.getProperty("user.home", ""), ".m2", "repository"))
                : new Maven("mvn", List.of("-Dmaven.repo.local=" + told), Path.of(told));
    }

    /// Fetches libraries and what they need at run time: first of what Maven has already, then from elsewhere.
    ///
    /// @param folder an empty one; jars are below it afterwards, by their paths in a repository
    /// @return these paths, in the order of a class path
    List<String> fetch(List<MavenCoordinate> libraries, Path folder) throws IOException {
        Path pom = folder.resolve("pom.xml");
        Files.writeString(pom, pom(libraries));
        Path classPath = folder.resolve("classpath");
        List<String> command = command(pom, classPath, folder);
        String said = run(command, "--offline", libraries);
        if (!said.isEmpty()) {
            // It would not ask again for what was not there yesterday.
            said = run(command, "--update-snapshots", libraries);
        }
        if (!said.isEmpty()) {
            throw refused(libraries, said);
        }
        return Arrays.stream(Files.readString(classPath).strip().split(","))
                .map(path -> path.replace('\\', '/').replaceFirst("^@/", ""))
                .filter(path -> path.endsWith(".jar"))
                .toList();
    }

    private static String pom(List<MavenCoordinate> libraries) {
        return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>ade</groupId><artifactId>libraries</artifactId><version>1</version><packaging>pom</packaging>
          <dependencies>
        %s  </dependencies>
        </project>
        """
                .formatted(libraries.stream().map(Maven::dependency).collect(Collectors.joining()));
    }

    private static String dependency(MavenCoordinate library) {
        return """
            <dependency>
              <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s
            </dependency>
        """
                .formatted(
                        library.group(),
                        library.artifact(),
                        library.version(),
                        library.classifier()
                                .map(one -> "<classifier>" + one + "</classifier>")
                                .orElse(""));
    }

    private List<String> command(Path pom, Path classPath, Path jars) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        command.addAll(
                List.of(
                        "--batch-mode",
                        "--quiet",
                        "-Dstyle.color=never",
                        "--file",
                        pom.toString(),
                        PLUGIN + ":build-classpath",
                        PLUGIN + ":copy-dependencies",
                        "-DincludeScope=runtime",
                        "-Dmdep.outputFile=" + classPath,
                        "-Dmdep.localRepoProperty=@",
                        "-Dmdep.pathSeparator=,",
                        "-Dmdep.fileSeparator=/",
                        "-Dmdep.useRepositoryLayout=true",
                        "-DoutputDirectory=" + jars));
        return command;
    }

    /// Returns what it complains of; nothing where all is well.
    private String run(List<String> command, String option, List<MavenCoordinate> libraries)
            throws IOException {
        List<String> all = new ArrayList<>(command);
        all.add(1, option);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ADE_"));
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        Process process = start(builder, libraries);
        try {
            return said(process, libraries);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Fetching libraries was stopped");
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private Process start(ProcessBuilder builder, List<MavenCoordinate> libraries) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot fetch %s: there is no Maven here ('%s')"
                                    .formatted(names(libraries), program),
                            "Install Maven, or " + ELSE)
                    .causedBy(e);
        }
    }

    private static String said(Process process, List<MavenCoordinate> libraries)
            throws IOException, InterruptedException {
        process.getOutputStream().close();
        StringBuilder said = new StringBuilder();
        Thread reader =
                Thread.ofVirtual()
                        .start(() ->
                                process.inputReader(StandardCharsets.UTF_8)
                                        .lines()
                                        .filter(line -> line.startsWith("[ERROR]"))
                                        .filter(_ -> said.isEmpty())
                                        .forEach(said::append));
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            throw AdeException.resource(
                    "Cannot fetch %s: Maven was not done after %d minutes"
                            .formatted(names(libraries), MINUTES_MAX),
                    "Look at the network, or " + ELSE);
        }
        reader.join();
        if (process.exitValue() == 0) {
            return "";
        }
        return said.isEmpty() ? "it ended with status " + process.exitValue() : said.toString();
    }

    private static AdeException refused(List<MavenCoordinate> libraries, String said) {
        String reason =
                said.replaceFirst("^\\[ERROR] ", "")
                        .replaceFirst("^Failed to execute goal .*?: (?=Could not )", "")
                        .replaceFirst("Could not resolve dependencies for project [^ ]+: ", "")
                        .replaceFirst(" -> \\[Help .*", "")
                        .replaceAll("//[^/@\\s]*@", "//");
        String message =
                "Cannot fetch %s: Maven says: %s"
                        .formatted(
                                names(libraries),
                                reason.substring(0, Math.min(reason.length(), MESSAGE_MAX)));
        return reason.contains("Could not find artifact")
                ? AdeException.user(message, "Check the coordinate, or " + ELSE)
                : AdeException.resource(
                        message, "Check that Maven reaches its repositories, or " + ELSE);
    }

    static String names(List<MavenCoordinate> libraries) {
        return libraries.stream().map(MavenCoordinate::toString).collect(Collectors.joining(", "));
    }
}
