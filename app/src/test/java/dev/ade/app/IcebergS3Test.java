package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import dev.ade.store.LocalFileIO;
import dev.ade.testkit.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables of another Iceberg catalog whose files lie in S3.
class IcebergS3Test {
    /// Secrets come from the environment, which a test cannot set.
    private static final String SECRET = System.getenv("HOME");

    private static final S3Server s3 = S3Server.start(Path.of("target/s3proxy.jar"), SECRET);
    private static final String BUCKET = "lake";

    private final OtherCatalog other;
    private final Lab shop;

    IcebergS3Test(@TempDir Path folder) {
        Bucket bucket = new Bucket(s3.bucket(BUCKET));
        String warehouse = "s3://%s/%s".formatted(BUCKET, folder.getFileName());
        this.other = new OtherCatalog(folder.resolve("other"), warehouse, bucket, bucket::place);
        this.shop = new Lab(folder.resolve("shop"), "2126-01-01T00:00:00Z");
    }

    @AfterEach
    void stop() {
        other.close();
    }

    @AfterAll
    static void stopServer() {
        s3.close();
    }

    /// Writes objects where the server has them.
    private record Bucket(Path folder) implements FileIO {
        private static final LocalFileIO LOCAL = new LocalFileIO();

        private Path place(String location) {
            return folder.resolve(location.substring("s3://lake/".length()));
        }

        private String path(String location) {
            return place(location).toString();
        }

        @Override
        public InputFile newInputFile(String location) {
            return new Read(LOCAL.newInputFile(path(location)), location);
        }

        @Override
        public OutputFile newOutputFile(String location) {
            return new Written(LOCAL.newOutputFile(path(location)), location);
        }

        @Override
        public void deleteFile(String location) {
            LOCAL.deleteFile(path(location));
        }
    }

    /// What manifests name as it is called in S3.
    private record Written(OutputFile file, String location) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            return file.create();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return file.createOrOverwrite();
        }

        @Override
        public InputFile toInputFile() {
            return new Read(file.toInputFile(), location);
        }
    }

    private record Read(InputFile file, String location) implements InputFile {
        @Override
        public long getLength() {
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream() {
            return file.newStream();
        }

        @Override
        public boolean exists() {
            return file.exists();
        }
    }

    /// With a class that a catalog would have run.
    private static Map<String, String> key(String secret) {
        return Map.of(
                "client.credentials-provider",
                "org.example.Thief",
                "s3.endpoint",
                s3.endpoint(),
                "s3.path-style-access",
                "true",
                "client.region",
                "us-east-1",
                "s3.access-key-id",
                S3Server.ACCESS_KEY,
                "s3.secret-access-key",
                secret);
    }

    private void load(String more) {
        shop.file("shop/sources.yml", other.sources(more));
    }

    private Table orders() {
        Table table =
                other.create(
                        "orders",
                        new Schema(
                                NestedField.required(1, "id", Types.IntegerType.get()),
                                NestedField.optional(2, "city", Types.StringType.get())),
                        Map.of());
        other.append(table, "select 1 as id, 'Lima' as city union all select 2, 'Oslo'");
        return table;
    }

    private void run() {
        assertThat(shop.run().results()).extracting(StepResult::message).containsOnly("");
    }

    private List<String> loaded() {
        return shop.sql("select id, city from sales.orders order by id");
    }

    @Test
    void a_key_that_the_catalog_lends_opens_them() throws Exception {
        other.lend(key(SECRET));
        Table table = orders();
        load(", mode: append");
        run();
        assertThat(loaded()).containsExactly("1|Lima", "2|Oslo");
        assertThat(shop.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        other.append(table, "select 3 as id, 'Rome' as city");
        assertThat(shop.run().published()).hasSize(1);
        assertThat(loaded()).containsExactly("1|Lima", "2|Oslo", "3|Rome");
        try (Stream<Path> stages = Files.list(shop.root.resolve(".ade/spill/stages"))) {
            assertThat(stages).isEmpty();
        }
    }

    @Test
    void a_key_of_the_project_opens_them_too() {
        orders();
        shop.file(
                "ade.yml",
                """
                name: shop
                connections:
                  lakehouse:
                    iceberg: "%s"
                    s3: {endpoint: "%s", path_style: true, access_key: %s, secret_key: "${HOME}"}
                """
                        .formatted(other.address(), s3.endpoint(), S3Server.ACCESS_KEY));
        shop.file(
                "shop/sources.yml",
                """
                sources:
                  - name: sales
                    tables: [{name: orders, load: {connection: lakehouse}}]
                """);
        run();
        assertThat(loaded()).containsExactly("1|Lima", "2|Oslo");
    }

    @Test
    void a_secret_is_not_written_into_the_project() {
        orders();
        load(", s3: {access_key: lake-reader, secret_key: gu3ssed}");

        assertThatThrownBy(shop::run)
                .hasMessageContaining("a secret is written into secret_key of load")
                .hasMessageNotContaining("gu3ssed");
    }

    @Test
    void a_key_for_a_place_opens_them_and_whole_files_may_go() {
        other.lend("s3://" + BUCKET, key(SECRET));
        Table table = orders();
        other.append(table, "select 3 as id, 'Rome' as city");
        load("");
        run();
        assertThat(loaded()).hasSize(3);

        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
        other.append(table, "select 4 as id, 'Bonn' as city");
        run();
        assertThat(loaded()).containsExactly("4|Bonn");
    }

    @Test
    void a_wrong_key_fails_the_load_and_is_in_no_message() {
        other.lend(key("gu3ssed"));
        orders();
        load("");
        RunReport report =
                shop.with(ade -> ade.run(RunRequest.everything("test"), RunListener.NONE));

        assertThat(report.results())
                .singleElement()
                .extracting(StepResult::message)
                .asString()
                .contains("Cannot load sales.orders: its files cannot be read: ")
                .contains("Check s3: in load")
                .doesNotContain("gu3ssed");
    }

    @Test
    void what_s3_does_not_know_is_refused() {
        orders();
        load(", s3: {zone: eu}");

        assertThatThrownBy(shop::run).hasMessageContaining("s3 has no key 'zone'");
    }
}
