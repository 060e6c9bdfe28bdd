import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

// Makes the files of a small shop that does not exist. The same arguments give the same bytes. All people are made up:
// e-mails are of example.org, phone numbers and IP addresses of ranges kept for fiction and documentation, card numbers
// those that payment companies publish for tests, IBANs of a bank that is none.
//
//   java Generate.java --seed 7 --customers 500 --days 60 --into landing     history, a file a month
//   java Generate.java --day 61 --into landing                               one more day, with late and broken rows
//   java Generate.java --day 61 --bad --into later                           its payments as if all were charged twice

static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
static final List<String> FIRST_NAMES = List.of("Ada", "Bela", "Carla", "Dario", "Elif", "Femi", "Greta", "Hugo",
        "Ines", "Jonas", "Kaja", "Liam", "Mira", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Samir", "Tove");
static final List<String> LAST_NAMES = List.of("Abelard", "Brandvik", "Castell", "Dorani", "Ekholm", "Farkas",
        "Grimaldo", "Hollis", "Ivanek", "Jansky", "Kessler", "Lindqvist", "Moreau", "Novotny", "Okafor", "Petrescu");
static final Map<String, String> CITIES = new TreeMap<>(Map.of("Bergen", "50", "Ghent", "90", "Graz", "80",
        "Leipzig", "04", "Malmo", "21", "Porto", "40", "Tartu", "51", "Utrecht", "35"));
static final List<String> CARDS = List.of("4111111111111111", "4012888888881881", "5555555555554444",
        "5105105105105100", "378282246310005", "6011111111111117");
static final List<String> TOPICS = List.of("delivery", "refund", "account", "product", "invoice");

record Customer(int number, String city, SplittableRandom random) {
    String id() {
        return "C%05d".formatted(number);
    }

    String first() {
        return FIRST_NAMES.get(number * 7 % FIRST_NAMES.size());
    }

    String last() {
        return LAST_NAMES.get(number * 5 % LAST_NAMES.size());
    }

    String email() {
        return "%s.%s%d@example.org".formatted(first(), last(), number).toLowerCase(Locale.ROOT);
    }

    String row(LocalDate changed) {
        String phone = "+44 7700 900%03d".formatted(number % 1000);
        LocalDate born = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(24_000));
        String street = "%d %s Street".formatted(1 + random.nextInt(200), LAST_NAMES.get(random.nextInt(16)));
        int income = 1_200 + random.nextInt(5_000);
        long loyalty = 1_000_000_000L + random.nextLong(9_000_000_000L);
        return String.join(",", id(), first() + " " + last(), email(), phone, born.toString(), street,
                CITIES.get(city) + "%03d".formatted(random.nextInt(1000)), city, "" + income, iban(number),
                "" + loyalty, random.nextInt(10) < 6 ? "true" : "false", changed.toString());
    }
}

record Order(int day, int number, String customer, LocalDateTime at, BigDecimal amount, SplittableRandom random) {
    String id() {
        return "O%03d%04d".formatted(day, number);
    }
}

// What the arguments ask for.
record Request(long seed, int customers, int days, int day, boolean bad, Path into) {
    static Request of(List<String> arguments) {
        Map<String, String> values = new TreeMap<>(Map.of("--seed", "7", "--customers", "500", "--days", "60",
                "--day", "0", "--into", "landing"));
        for (int i = 0; i < arguments.size(); i++) {
            boolean flag = arguments.get(i).equals("--bad");
            if (!flag && (!values.containsKey(arguments.get(i)) || i + 1 == arguments.size())) {
                throw new IllegalArgumentException("Cannot use '%s'. There are --bad and, each with a value, %s"
                        .formatted(arguments.get(i), String.join(", ", values.keySet())));
            }
            values.put(arguments.get(i), flag ? "" : arguments.get(++i));
        }
        return new Request(Long.parseLong(values.get("--seed")), Integer.parseInt(values.get("--customers")),
                Integer.parseInt(values.get("--days")), Integer.parseInt(values.get("--day")),
                values.containsKey("--bad"), Path.of(values.get("--into")));
    }

    SplittableRandom random(int day, int what) {
        return new SplittableRandom(seed * 1_000_003 + day * 31L + what);
    }
}

void main(String[] arguments) throws IOException {
    Request request = Request.of(List.of(arguments));
    Files.createDirectories(request.into());
    if (request.day() > 0) {
        day(request);
    } else {
        history(request);
    }
}

void history(Request request) throws IOException {
    Map<YearMonth, List<Integer>> months = new TreeMap<>();
    for (int day = 1; day <= request.days(); day++) {
        months.computeIfAbsent(YearMonth.from(date(day)), month -> new ArrayList<>()).add(day);
    }
    List<String> customers = new ArrayList<>();
    for (int number = 1; number <= request.customers(); number++) {
        customers.add(customer(request, number, 0).row(FIRST_DAY));
    }
    write(request.into().resolve("customers-2026-01.csv"), customerFile(customers));
    for (Map.Entry<YearMonth, List<Integer>> month : months.entrySet()) {
        files(request, month.getKey().toString(), month.getValue());
    }
}

void day(Request request) throws IOException {
    String name = date(request.day()).toString();
    if (request.bad()) {
        write(request.into().resolve("payments-" + name + ".ndjson"), payments(request, List.of(request.day())));
        return;
    }
    List<String> moved = new ArrayList<>();
    SplittableRandom random = request.random(request.day(), 4);
    for (int i = 0; i < 5; i++) {
        moved.add(customer(request, 1 + random.nextInt(request.customers()), request.day()).row(date(request.day())));
    }
    moved.add(customer(request, request.customers() + request.day(), 0).row(date(request.day())));
    write(request.into().resolve("customers-" + name + ".csv"), customerFile(moved));
    files(request, name, List.of(request.day()));
}

void files(Request request, String name, List<Integer> days) throws IOException {
    gzip(request.into().resolve("orders-" + name + ".csv.gz"), orders(request, days));
    write(request.into().resolve("payments-" + name + ".ndjson"), payments(request, days));
    write(request.into().resolve("tickets-" + name + ".json"), tickets(request, days));
}

String customerFile(List<String> rows) {
    return "customer_id,name,email,phone,birth_date,street,postcode,city,monthly_income,iban,loyalty_number,"
            + "newsletter,changed_on\n" + String.join("\n", rows) + "\n";
}

// A customer as of a day: on that day they moved, if it is not 0.
Customer customer(Request request, int number, int movedOn) {
    List<String> cities = List.copyOf(CITIES.keySet());
    return new Customer(number, cities.get(Math.floorMod(number * 3 + movedOn, cities.size())),
            request.random(number, 1));
}

List<Order> ordersOf(Request request, int day) {
    SplittableRandom random = request.random(day, 2);
    int weekday = date(day).getDayOfWeek().getValue();
    int count = 36 + random.nextInt(8) - (weekday > 5 ? 14 : 0);
    boolean daily = request.day() > 0;
    List<Order> orders = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
        // Files of a single day bring orders of the week before too: they were taken on paper.
        int late = daily && number % 9 == 0 ? 2 + random.nextInt(5) : 0;
        LocalDateTime at = date(day - late).atTime(8, 0).plusMinutes(random.nextInt(840)).plusSeconds(number);
        double size = Math.exp(3.4 + 0.7 * random.nextGaussian());
        BigDecimal amount = BigDecimal.valueOf(Math.round(size * 100), 2);
        String customer = "C%05d".formatted(1 + random.nextInt(request.customers()));
        orders.add(new Order(day, number, customer, at, amount, random.split()));
    }
    return orders;
}

String orders(Request request, List<Integer> days) {
    StringBuilder rows = new StringBuilder("order_id,customer_id,ordered_at,channel,items,amount,ip_address,gift_for\n");
    for (int day : days) {
        for (Order order : ordersOf(request, day)) {
            SplittableRandom random = order.random().split();
            // Nobody declares the e-mail of whom a present is for; it is found.
            String giftFor = random.nextInt(5) == 0 ? customer(request, 1 + random.nextInt(900), 0).email() : "";
            String ip = random.nextInt(8) == 0
                    ? "2001:db8:%x::%x".formatted(random.nextInt(64), 1 + random.nextInt(65_000))
                    : List.of("192.0.2.", "198.51.100.", "203.0.113.").get(random.nextInt(3)) + random.nextInt(256);
            String amount = day % 20 == 1 && order.number() == 11 ? "n/a" : order.amount().toString();
            String at = day % 20 == 1 && order.number() == 12 ? date(day) + " 25:61" : order.at().toString();
            rows.append(String.join(",", order.id(), order.customer(), at, random.nextInt(3) == 0 ? "app" : "web",
                    "" + (1 + random.nextInt(6)), amount, ip, giftFor)).append('\n');
        }
    }
    return rows.toString();
}

String payments(Request request, List<Integer> days) {
    StringBuilder rows = new StringBuilder();
    for (int day : days) {
        for (Order order : ordersOf(request, day)) {
            SplittableRandom random = order.random().split().split();
            if (random.nextInt(20) == 0) {
                continue;
            }
            Customer payer = customer(request, Integer.parseInt(order.customer().substring(1)), 0);
            LocalDateTime paidAt = order.at().plusMinutes(1 + random.nextInt(90));
            boolean byCard = random.nextInt(4) > 0;
            String means = byCard
                    ? "\"method\":\"card\",\"card_number\":\"%s\"".formatted(CARDS.get(random.nextInt(CARDS.size())))
                    : "\"method\":\"transfer\",\"iban\":\"%s\"".formatted(iban(payer.number()));
            for (int time = 1; time <= (request.bad() ? 2 : 1); time++) {
                String amount = day % 20 == 2 && order.number() == 7 ? "\"free\"" : order.amount().toString();
                rows.append("""
                        {"payment_id":"P%s-%d","order_id":"%s","paid_at":"%s","amount":%s,%s,"holder":"%s %s"}
                        """.formatted(order.id().substring(1), time, order.id(), paidAt, amount, means, payer.first(),
                        payer.last()));
            }
        }
        if (day % 20 == 3) {
            rows.append("{\"payment_id\":\"cut off in the mid\n");
        }
    }
    return rows.toString();
}

String tickets(Request request, List<Integer> days) {
    List<String> rows = new ArrayList<>();
    for (int day : days) {
        SplittableRandom random = request.random(day, 3);
        for (int number = 1, count = 2 + random.nextInt(4); number <= count; number++) {
            Customer customer = customer(request, 1 + random.nextInt(request.customers()), 0);
            LocalDateTime at = date(day).atTime(9, 0, 1).plusMinutes(random.nextInt(600));
            String topic = TOPICS.get(random.nextInt(TOPICS.size()));
            String opened = day % 20 == 4 && number == 2 ? "yesterday" : at.toString();
            rows.add("""
                      {"ticket_id": "T%03d%02d", "customer_id": "%s", "opened_at": "%s", "topic": "%s",
                       "device": {"system": "%s", "version": %d}, "labels": ["%s", "%s"],
                       "contact": {"name": "%s %s", "email": "%s"},
                       "first_message": "Hello, this is %s from %s. Please write to %s about my %s.",
                       "answered_after": [%d, %d]}"""
                    .formatted(day, number, customer.id(), opened, topic, random.nextBoolean() ? "android" : "ios",
                            14 + random.nextInt(5), topic, random.nextInt(4) == 0 ? "urgent" : "normal",
                            customer.first(), customer.last(), customer.email(), customer.first(), customer.city(),
                            customer.email(), topic, 5 + random.nextInt(300), 400 + random.nextInt(3000)));
        }
    }
    return "[\n" + String.join(",\n", rows) + "\n]\n";
}

// A British IBAN with right check digits, of a bank ZZZZ that is none.
static String iban(int number) {
    String account = "ZZZZ000000%08d".formatted(number);
    StringBuilder digits = new StringBuilder();
    (account + "GB00").chars().forEach(letter -> digits.append(Character.getNumericValue(letter)));
    int check = 98 - new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue();
    return "GB%02d%s".formatted(check, account);
}

static LocalDate date(int day) {
    return FIRST_DAY.plusDays(day - 1L);
}

static void write(Path file, String content) throws IOException {
    Files.writeString(file, content);
}

static void gzip(Path file, String content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(content.getBytes(StandardCharsets.UTF_8));
    }
}
