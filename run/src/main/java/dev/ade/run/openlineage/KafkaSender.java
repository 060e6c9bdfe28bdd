package dev.ade.run.openlineage;

import dev.ade.model.Settings.OpenLineageSettings.Target;
import dev.ade.model.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// One message an event, in the order of a run, acknowledged by all replicas. The client is made with the first event:
/// where no run happens, nothing of it is loaded.
final class KafkaSender implements Sender {
    /// A broker that does not answer by then is not there.
    private static final int TIMEOUT_MILLIS = 4_000;

    /// Of one attempt; less than the whole, as Kafka asks.
    private static final int ATTEMPT_MILLIS = 3_000;

    private final Target.ToKafka target;
    private final UnaryOperator<@Nullable String> environment;
    private @Nullable KafkaProducer<String, String> producer;

    KafkaSender(Target.ToKafka target, UnaryOperator<@Nullable String> environment) {
        this.target = target;
        this.environment = environment;
    }

    @Override
    public void send(String event) throws IOException, InterruptedException {
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(properties());
            }
            producer.send(new ProducerRecord<>(target.topic(), event)).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "topic %s at %s: %s"
                            .formatted(target.topic(), target.servers(), cause.getMessage()),
                    e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (KafkaException e) {
            // Its message may hold what a property says.
            throw new IOException(
                    "no producer for %s: check openlineage: kafka: properties"
                            .formatted(target.servers()),
                    e);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        TIMEOUT_MILLIS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        ATTEMPT_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        TIMEOUT_MILLIS));
        for (Map.Entry<String, String> property : target.properties().entrySet()) {
            properties.put(property.getKey(), filled(property.getKey(), property.getValue()));
        }
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, target.servers());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        return properties;
    }

    private String filled(String key, String text) {
        return Variables.fill(
                text,
                name -> {
                    String value = environment.apply(name);
                    if (value == null) {
                        throw new UncheckedIOException(
                                new IOException(
                                        "%s names the environment variable %s, which is not set"
                                                .formatted(key, name)));
                    }
                    return value;
                });
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
