import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.connect.source.SourceRecord;

/// Debezium's engine reading changes of PostgreSQL from a slot that is there, writing nothing:
/// `java -cp … Drain.java PORT USER PASSWORD DATABASE TABLE SLOT PUBLICATION CHANGES`.
/// Prints the seconds from its start, and those from the first change, to the last.
class Drain {
    private static final CountDownLatch DONE = new CountDownLatch(1);
    private static long first;
    private static long last;
    private static long seen;

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        long wanted = Long.parseLong(arguments[7]);
        ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>> counter =
                new ChangeConsumer<>() {
                    @Override
                    public void handleBatch(
                            List<ChangeEvent<SourceRecord, SourceRecord>> records,
                            RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
                            throws InterruptedException {
                        first = first == 0 ? System.nanoTime() : first;
                        seen += records.size();
                        for (var each : records) {
                            committer.markProcessed(each);
                        }
                        committer.markBatchFinished();
                        last = System.nanoTime();
                        if (seen >= wanted) {
                            DONE.countDown();
                        }
                    }
                };
        try (var engine =
                        DebeziumEngine.create(Connect.class)
                                .using(settings(arguments))
                                .using((success, message, error) -> {
                                    if (!success) {
                                        System.err.println(message + " " + error);
                                        System.exit(1);
                                    }
                                })
                                .notifying(counter)
                                .build();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.execute(engine);
            DONE.await();
            System.out.printf("%n%d %.3f %.3f%n", seen, (last - start) / 1e9, (last - first) / 1e9);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private static Properties settings(String[] arguments) {
        Properties settings = new Properties();
        settings.put("name", "alone");
        settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.put("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        settings.put("database.hostname", "127.0.0.1");
        settings.put("database.port", arguments[0]);
        settings.put("database.user", arguments[1]);
        settings.put("database.password", arguments[2]);
        settings.put("database.dbname", arguments[3]);
        settings.put("table.include.list", arguments[4]);
        settings.put("topic.prefix", "alone");
        settings.put("plugin.name", "pgoutput");
        settings.put("slot.name", arguments[5]);
        settings.put("publication.name", arguments[6]);
        settings.put("publication.autocreate.mode", "disabled");
        settings.put("snapshot.mode", "no_data");
        settings.put("decimal.handling.mode", "string");
        settings.put("max.batch.size", "8192");
        settings.put("max.queue.size", "32768");
        return settings;
    }
}
