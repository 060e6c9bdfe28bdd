import dev.ade.code.*;
import java.time.*;
import java.util.*;

/// How long customers waited for each answer, counting only the hours in which somebody could answer.
@Reads("shop.tickets")
public class TicketWait implements BatchModel<TicketWait.Ticket, TicketWait.Wait> {
    private static final LocalTime CLOSES = LocalTime.of(18, 0);

    public record Ticket(String ticketId, LocalDateTime openedAt, String topic, List<Integer> answeredAfter) {}

    public record Answer(
            @From("answered_after") int minutes, @From({"opened_at", "answered_after"}) int openMinutes) {}

    public record Wait(
            @From("ticket_id") String ticketId,
            @From("opened_at") LocalDateTime openedAt,
            @From("topic") String topic,
            @From({"opened_at", "answered_after"}) Integer firstOpenMinutes,
            List<Answer> answers) {}

    @Override
    public void map(Batch<Ticket> tickets, Output<Wait> out) {
        for (Ticket ticket : tickets) {
            List<Answer> answers = ticket.answeredAfter().stream()
                    .sorted()
                    .map(minutes -> new Answer(minutes, openMinutes(ticket.openedAt(), minutes)))
                    .toList();
            Integer first = answers.isEmpty() ? null : answers.getFirst().openMinutes();
            out.add(new Wait(ticket.ticketId(), ticket.openedAt(), ticket.topic(), first, answers));
        }
    }

    /// Goes from day to day, as opening hours do.
    static int openMinutes(LocalDateTime from, int minutes) {
        LocalDateTime to = from.plusMinutes(minutes);
        Duration open = Duration.ZERO;
        for (LocalDate day = from.toLocalDate(); !day.isAfter(to.toLocalDate()); day = day.plusDays(1)) {
            Optional<LocalTime> opens = opens(day);
            if (opens.isPresent()) {
                LocalDateTime begin = later(from, day.atTime(opens.get()));
                LocalDateTime end = earlier(to, day.atTime(CLOSES));
                open = end.isAfter(begin) ? open.plus(Duration.between(begin, end)) : open;
            }
        }
        return (int) open.toMinutes();
    }

    private static Optional<LocalTime> opens(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SUNDAY -> Optional.empty();
            case SATURDAY -> Optional.of(LocalTime.of(10, 0));
            default -> Optional.of(LocalTime.of(8, 0));
        };
    }

    private static LocalDateTime later(LocalDateTime one, LocalDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? one : other;
    }
}
