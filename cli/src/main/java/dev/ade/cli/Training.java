package dev.ade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Does a little of everything in one JVM, so that the cache of classes that is written at its end knows
/// what commands need. Only the launcher starts it.
final class Training {
    /// As many as are read on several threads.
    private static final int DBT_MODELS = 40;

    private static final String MODEL =
            """
            {{ config(materialized='table', tags=['t%d']) }}
            select id, {{ kit.key_of(['id', 'amount']) }} as key,
                {%%- for factor in var('factors') %%}
                amount * {{ factor }} as amount_{{ factor }}{{ ',' if not loop.last }}
                {%%- endfor %%}
            from {{ ref('rows') }}
            """;

    private static final String MACROS =
            """
            {% macro key_of(columns) -%}
              {{ return(adapter.dispatch('key_of', 'kit')(columns)) }}
            {%- endmacro %}
            {% macro default__key_of(columns) -%}
              {%- set parts = [] -%}
              {%- for column in columns -%}
                {%- do parts.append('cast(' ~ column ~ ' as varchar)') -%}
              {%- endfor -%}
              {{ return('md5(' ~ parts | join(" || '-' || ") ~ ')') }}
            {%- endmacro %}
            {% test at_least(model, column_name, least=0) %}
            select * from {{ model }} where {{ column_name }} < {{ least }}
            {% endtest %}
            """;

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("ade-training");
        try {
            train(folder.resolve("shop").toString());
            dbt(folder.resolve("company"));
        } finally {
            delete(folder);
        }
    }

    private static void train(String project) {
        run("version");
        run("--help");
        run("init", project);
        run("plan", "-p", project);
        run("run", "-p", project);
        run("run", "-p", project);
        run("sql", "-p", project, "select 1");
        run("sql", "-p", project, "--format", "json", "select * from shop.order_f");
        run("status", "-p", project);
        run("profile", "-p", project, "shop.orders");
        run("check", "-p", project);
        run("privacy", "report", "-p", project);
        run("doctor", "-p", project);
    }

    /// A project as dbt has them, read by all there is for that: for the first time, unchanged, and with a file changed.
    private static void dbt(Path root) throws IOException {
        write(
                root,
                "dbt_project.yml",
                "name: company\nprofile: company\nvars: {factors: [1, 2]}\n");
        write(root, "dbt_packages/kit/dbt_project.yml", "name: kit\n");
        write(root, "dbt_packages/kit/macros/kit.sql", MACROS);
        write(root, "seeds/rows.csv", "id,amount\n1,2\n2,3\n");
        StringBuilder properties = new StringBuilder("version: 2\nmodels:\n");
        for (int i = 0; i < DBT_MODELS; i++) {
            properties.append(properties(i));
            write(root, "models/area/m_%d.sql".formatted(i), MODEL.formatted(i));
        }
        write(root, "models/area/_area.yml", properties.toString());
        for (String command : List.of("parse", "parse", "doctor", "plan", "ls")) {
            run(command, "-p", root.toString());
        }
        run("run", "-p", root.toString(), "+m_0");
        run("run", "-p", root.toString(), "+m_0");
        write(root, "models/area/m_0.sql", MODEL.formatted(0) + "-- changed\n");
        run("doctor", "-p", root.toString());
        run("ls", "-p", root.toString(), "--select", "m_1+");
    }

    private static String properties(int model) {
        return """
          - name: m_%d
            description: One row each
            config: {meta: {owner: us}}
            columns:
              - name: id
                data_tests: [not_null, unique, {kit.at_least: {arguments: {least: 1}}}]
              - name: key
                description: Of id and amount
                data_tests:
                  - accepted_values: {arguments: {values: [a, b]}, config: {severity: warn}}
        """
                .formatted(model);
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /// What does not work here is no reason to train the rest less.
    private static void run(String... command) {
        Shell shell = Main.shell(List.of(command));
        new CommandTree(shell).execute();
        shell.out().flush();
        shell.err().flush();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
