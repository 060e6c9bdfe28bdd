package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Ledgers by their content: equal ones are kept once, and pointers of any environment, time and draft share
/// them. They never change.
final class Ledgers {
    /// Of a pointer whose ledger an older ADE overwrote.
    static final String LOST = "?";

    /// Less is not worth packing.
    private static final int PACKED_MIN_BYTES = 512;

    private static final String TEXT = "text";
    private static final String DEFLATE = "deflate";

    private final Catalog catalog;

    Ledgers(Catalog catalog) {
        this.catalog = catalog;
    }

    /// Keeps a ledger and gives the id that a pointer knows it by. In a transaction.
    String save(Ledger ledger) {
        if (ledger.isEmpty()) {
            return "";
        }
        String text = ledger.text();
        String id = Fingerprint.of(text).hex();
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        boolean isLong = plain.length >= PACKED_MIN_BYTES;
        catalog.update(
                "INSERT INTO ledger (ledger_id, coding, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                id,
                isLong ? DEFLATE : TEXT,
                isLong ? packed(plain) : plain);
        return id;
    }

    Ledger load(String id) {
        if (id.isEmpty() || id.equals(LOST)) {
            return Ledger.NONE;
        }
        List<Ledger> found = new ArrayList<>(1);
        catalog.query(
                "SELECT coding, content FROM ledger WHERE ledger_id = ?",
                result -> {
                    byte[] content = result.getBytes(2);
                    byte[] plain = result.getString(1).equals(TEXT) ? content : unpacked(content);
                    found.add(Ledger.parse(new String(plain, StandardCharsets.UTF_8)));
                },
                id);
        if (found.isEmpty()) {
            throw AdeException.conflict(
                    "Cannot read the ledger of a dataset: what it belongs to was dropped meanwhile",
                    "Try again");
        }
        return found.getFirst();
    }

    /// Forgets those that nothing refers to. In a transaction.
    void forgetUnused() {
        catalog.update(
                "DELETE FROM ledger WHERE ledger_id NOT IN (SELECT ledger FROM pointer UNION SELECT ledger FROM"
                        + " publication UNION SELECT ledger FROM overlay)");
    }

    private static byte[] packed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(bytes, deflater)) {
            stream.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static byte[] unpacked(byte[] bytes) {
        try (InflaterInputStream inflater =
                new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return inflater.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
