package dev.ade.ingest.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotsTest {
    @Test
    void forgets_no_slot_that_another_load_makes_at_once(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("prod/shop.orders.slots");
        List<String> wanted = new ArrayList<>();
        try (ExecutorService loads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> begun = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String slot = "slot" + i;
                wanted.add(slot);
                begun.add(
                        loads.submit(() -> {
                            Slots slots = new Slots(file);
                            slots.begin(slot, Optional.of(new RunId(7)));
                            slots.begin("gone_" + slot, Optional.empty());
                            slots.dropped("gone_" + slot);
                        }));
            }
            for (Future<?> one : begun) {
                one.get();
            }
        }

        assertThat(new Slots(file).made())
                .allMatch(made -> made.run().equals(Optional.of(new RunId(7))))
                .extracting(Slots.Made::slot)
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void knows_slots_that_an_earlier_version_wrote_down(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.orders.slots"), "a published\nb\n");

        new Slots(file).dropped("a");

        assertThat(new Slots(file).made()).containsExactly(new Slots.Made("b", Optional.empty()));
    }
}
