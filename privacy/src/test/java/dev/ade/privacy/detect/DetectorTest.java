package dev.ade.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Column;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Privacy.Sample;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
    @ParameterizedTest
    @CsvSource({
        "email, email",
        "eMail, email",
        "CustomerEmailAddress, email",
        "e-mail, email",
        "billing_email, email",
        "recovery_email_1, email",
        "phone, phone",
        "phoneNumber, phone",
        "home_phone, phone",
        "Mobile Phone, phone",
        "fax_number, phone",
        "first_name, name",
        "LastName, name",
        "surname, name",
        "customer_full_name, name",
        "passenger_name, name",
        "contactName, name",
        "username, username",
        "user_name, username",
        "address, address",
        "address_line_2, address",
        "shippingAddress1, address",
        "home_street_address, address",
        "dob, birth_date",
        "birthDate, birth_date",
        "date_of_birth, birth_date",
        "ssn, national_id",
        "social_security_number, national_id",
        "passport_no, passport",
        "drivers_license_number, licence",
        "license_plate, vehicle",
        "card_number, card",
        "creditCard, card",
        "cc_num, card",
        "iban, bank_account",
        "bank_account_number, bank_account",
        "ip, ip",
        "ip_address, ip",
        "client_ip, ip",
        "imei, device",
        "mac_address, device",
    })
    void knows_names_of_personal_columns(String column, String dataClass) {
        assertThat(one(column, Simple.VARCHAR, List.of()))
                .isEqualTo(column + ": " + dataClass + " (column name)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "airport_name",
                "product_name",
                "city",
                "country",
                "name",
                "title",
                "state",
                "iata",
                "zip",
                "postcode",
                "latitude",
                "longitude",
                "lat",
                "lon",
                "id",
                "user_id",
                "customer_id",
                "order_id",
                "amount",
                "price",
                "quantity",
                "created_at",
                "updated_at",
                "status",
                "email_count",
                "emails_sent",
                "email_verified",
                "is_email",
                "has_phone",
                "phone_model",
                "card_type",
                "ip_count",
                "company_name",
                "store_address",
                "company_address",
                "web_address",
                "url",
                "file_name",
                "table_name",
                "column_name",
                "street",
                "account_id",
                "account_number",
                "mobile",
                "headphone",
                "shipping_method",
                "shipping_cost",
                "description",
                "comment",
                "category",
                "brand_name",
                "station_name",
                "carrier",
                "tail_number",
                "flight_number",
                "delay",
                "distance",
                "origin",
                "destination",
                "date",
                "day",
                "month",
                "year",
                "weather",
                "wind",
                "precipitation",
                "temp_max",
                "host_name",
                "event_name",
                "campaign_name",
                "repository_full_name",
                "ship",
                "tip",
                "zip_code",
                "chip",
                "recipe",
                "ssn_verified",
                "addressable_market",
                "contact_id",
                "birth_rate",
                "birth_count",
                "passports_issued",
                "username_length",
                "street_count",
                "internet",
                "script",
                "ipo_date",
                "iban_valid",
                "discard_number",
                "model_name",
                "display_order",
                "order_number",
                "invoice_number",
                "tracking_number",
                "serial_number",
                "region",
                "currency",
                "language",
                "locale",
                "timezone",
                "sku",
                "ean",
                "isbn",
                "barcode",
                "hash",
                "uuid",
            })
    void leaves_names_of_plain_facts_alone(String column) {
        assertThat(one(column, Simple.VARCHAR, List.of())).isEmpty();
    }

    @Test
    void leaves_values_of_plain_facts_alone() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Sample> samples =
                List.of(
                        sample("id", Simple.BIGINT, i -> "" + i),
                        sample(
                                "snowflake",
                                Simple.BIGINT,
                                i -> "" + (4_200_000_000_000_000_000L + random.nextInt())),
                        sample(
                                "epoch_micros",
                                Simple.BIGINT,
                                i -> "" + (1_700_000_000_000_000L + i * 61L)),
                        sample(
                                "sixteen_digits",
                                Simple.VARCHAR,
                                i -> "4" + (100_000_000_000_000L + random.nextInt(1 << 30))),
                        sample("amount", new Type.Decimal(18, 2), i -> i + ".25"),
                        sample(
                                "big",
                                new Type.Decimal(18, 0),
                                i -> "" + (512_345_678_901_234_567L + i)),
                        sample(
                                "odata",
                                Simple.VARCHAR,
                                i ->
                                        "{\"price@odata.type\":\"#Decimal\",\"price\":%d}"
                                                .formatted(i)),
                        sample("ts", Simple.TIMESTAMP, i -> "2026-01-01 00:00:" + i % 60),
                        sample(
                                "ts_text",
                                Simple.VARCHAR,
                                i -> "2026-11-21T10:11:12.%06dZ".formatted(i)),
                        sample(
                                "date_text",
                                Simple.VARCHAR,
                                i -> "2026-%02d-%02d".formatted(1 + i % 12, 1 + i % 28)),
                        sample(
                                "date_dots",
                                Simple.VARCHAR,
                                i -> "%02d.%02d.2026".formatted(1 + i % 28, 1 + i % 12)),
                        sample(
                                "date_slashes",
                                Simple.VARCHAR,
                                i -> "%02d/%02d/2026".formatted(1 + i % 28, 1 + i % 12)),
                        sample("latitude", Simple.DOUBLE, i -> "" + random.nextDouble(-90, 90)),
                        sample(
                                "point",
                                Simple.VARCHAR,
                                i ->
                                        random.nextDouble(-90, 90)
                                                + ","
                                                + random.nextDouble(-180, 180)),
                        sample(
                                "lat_text",
                                Simple.VARCHAR,
                                i -> "%+.6f".formatted(random.nextDouble(-90, 90))),
                        sample(
                                "version",
                                Simple.VARCHAR,
                                i -> random.nextInt(9) + ".1." + random.nextInt(20) + "." + i % 25),
                        sample("semver", Simple.VARCHAR, i -> "1.2." + i),
                        sample(
                                "zip",
                                Simple.VARCHAR,
                                i -> "%05d-%04d".formatted(random.nextInt(99999), i)),
                        sample("iata", Simple.VARCHAR, i -> "SEA"),
                        sample("tail_number", Simple.VARCHAR, i -> "N%dAA".formatted(100 + i)),
                        sample(
                                "isbn",
                                Simple.VARCHAR,
                                i -> "978-3-16-%06d-0".formatted(random.nextInt(999_999))),
                        sample(
                                "ean",
                                Simple.VARCHAR,
                                i -> "" + (4_006_381_000_000L + random.nextInt(999_999))),
                        sample("order_no", Simple.VARCHAR, i -> "2026-%07d".formatted(i)),
                        sample("sku", Simple.VARCHAR, i -> "AB-%04d-%02d".formatted(i, i % 60)),
                        sample("part", Simple.VARCHAR, i -> "%03d-%04d".formatted(i, i)),
                        sample(
                                "uuid",
                                Simple.VARCHAR,
                                i -> new java.util.UUID(random.nextLong(), i).toString()),
                        sample("sha", Simple.VARCHAR, i -> Long.toHexString(random.nextLong())),
                        sample(
                                "duration",
                                Simple.VARCHAR,
                                i -> "00:%02d:%02d".formatted(i % 60, i % 60)),
                        sample(
                                "hex_time",
                                Simple.VARCHAR,
                                i -> "%02d:%02d".formatted(i % 24, i % 60)),
                        sample("percent", Simple.VARCHAR, i -> i % 100 + "%"),
                        sample("price", Simple.VARCHAR, i -> "$1,234." + (10 + i % 90)),
                        sample("phone_model", Simple.VARCHAR, i -> "Pixel " + i),
                        sample("handle", Simple.VARCHAR, i -> "@user" + i),
                        sample("repo", Simple.VARCHAR, i -> "git@github.com:a/b" + i),
                        sample("image", Simple.VARCHAR, i -> "registry.io/app@sha256:" + i),
                        sample("ratio", Simple.VARCHAR, i -> "16-9"),
                        sample("score", Simple.VARCHAR, i -> "6-4 6-" + i % 7));

        assertThat(Detector.find(samples, Set.of())).as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip | Innings pitched of this",
                "email | yes",
                "card_number | 12",
                "phone | Pixel 7",
                "iban | none",
            })
    void leaves_columns_alone_whose_values_contradict_the_name(String column, String value) {
        assertThat(one(column, Simple.VARCHAR, Collections.nCopies(50, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "email, INTEGER",
        "ip, DOUBLE",
        "first_name, BOOLEAN",
        "address, BIGINT",
        "dob, BOOLEAN",
        "phone, DATE"
    })
    void leaves_columns_alone_of_a_type_that_cannot_hold_it(String column, Simple type) {
        assertThat(one(column, type, List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada%d@example.com | email (100% of 200 values contain e-mail addresses)",
                "Ada <ada%d@mail.example.co.uk> | email (100% of 200 values contain e-mail addresses)",
                "+1 206 555 0%03d | phone (100% of 200 values look like phone numbers)",
                "(206) 555-0%03d | phone (100% of 200 values look like phone numbers)",
                "203.0.113.%d | ip (100% of 200 values look like IP addresses)",
                "2001:db8::%d | ip (100% of 200 values look like IP addresses)",
                "123-45-6%03d | national_id (100% of 200 values look like national identity numbers)",
            })
    void knows_values_of_personal_columns(String form, String finding) {
        List<String> values = IntStream.range(0, 200).mapToObj(i -> form.formatted(i)).toList();
        assertThat(one("c1", Simple.VARCHAR, values)).isEqualTo("c1: " + finding);
    }

    @Test
    void knows_cards_and_ibans_by_their_checksums_whatever_their_type() {
        List<String> cards = List.of("4111111111111111", "5555555555554444", "4000056655665556");
        assertThat(one("c1", Simple.BIGINT, cards))
                .isEqualTo("c1: card (100% of 3 values look like payment cards)");
        assertThat(one("c1", Simple.VARCHAR, cards)).startsWith("c1: card");
        assertThat(
                        one(
                                "c1",
                                Simple.VARCHAR,
                                List.of(
                                        "DE89370400440532013000",
                                        "GB82WEST12345698765432",
                                        "none")))
                .isEqualTo("c1: bank_account (67% of 3 values look like bank accounts)");
    }

    @Test
    void finds_addresses_in_free_text() {
        List<String> values =
                Stream.concat(
                                Stream.of(
                                        "Please write to ada@example.com.", "or bob@example.org!"),
                                Stream.generate(() -> "My parcel is late").limit(98))
                        .toList();
        assertThat(one("body", Simple.VARCHAR, values))
                .isEqualTo("body: email (2% of 100 values contain e-mail addresses)");
    }

    @Test
    void takes_a_plain_name_for_a_persons_only_beside_other_personal_columns() {
        assertThat(find("name", "latitude")).isEmpty();
        assertThat(find("name", "airport_email")).containsOnlyKeys("airport_email");
        assertThat(find("name", "street", "email", "city"))
                .containsOnlyKeys("name", "street", "email");
        assertThat(find("name", "email").get("name"))
                .isEqualTo(
                        new Finding(DataClass.NAME, "column name, beside other personal columns"));
        assertThat(Detector.find(samples("name", "c1"), Set.of("phone"))).containsOnlyKeys("name");
    }

    @Test
    void names_and_values_are_both_evidence() {
        assertThat(one("email", Simple.VARCHAR, List.of("a@example.com", "none")))
                .isEqualTo("email: email (column name; 50% of 2 values contain e-mail addresses)");
    }

    @Test
    void finds_nested_columns_by_name() {
        Type address = new Type.Struct(List.of(new Column("street", Simple.VARCHAR)));
        assertThat(one("address", address, List.of())).isEqualTo("address: address (column name)");
        assertThat(one("tags", new Type.ListOf(Simple.VARCHAR), List.of("[a, b]"))).isEmpty();
    }

    private static Map<String, Finding> find(String... columns) {
        return Detector.find(samples(columns), Set.of());
    }

    private static List<Sample> samples(String... columns) {
        return Arrays.stream(columns)
                .map(column -> new Sample(column, Simple.VARCHAR, List.of()))
                .toList();
    }

    private static Sample sample(String column, Type type, IntFunction<String> value) {
        return new Sample(column, type, IntStream.range(0, 1000).mapToObj(value).toList());
    }

    private static String one(String column, Type type, List<String> values) {
        Finding finding =
                Detector.find(List.of(new Sample(column, type, values)), Set.of()).get(column);
        return finding == null
                ? ""
                : "%s: %s (%s)".formatted(column, finding.dataClass().word(), finding.evidence());
    }
}
