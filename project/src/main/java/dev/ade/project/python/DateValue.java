package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Operand;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.IsoFields;
import java.util.Optional;

/// Python's `datetime.date`.
public record DateValue(LocalDate date) implements Attributes, Operand, Comparable<DateValue> {
    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "year" -> (long) date.getYear();
            case "month" -> (long) date.getMonthValue();
            case "day" -> (long) date.getDayOfMonth();
            case "weekday" -> (Callable) _ -> date.getDayOfWeek().getValue() - 1L;
            case "isoweekday" -> (Callable) _ -> (long) date.getDayOfWeek().getValue();
            case "isocalendar" -> (Callable) _ -> isoCalendar(date);
            case "toordinal" -> (Callable) _ -> date.toEpochDay() + Strftime.ORDINAL_OF_1970;
            case "isoformat", "__str__" -> (Callable) _ -> date.toString();
            case "strftime", "__format__" ->
                    (Callable)
                            arguments ->
                                    Strftime.format(
                                            Python.text(arguments.require(0, "format")),
                                            date.atStartOfDay(),
                                            Optional.empty());
            case "replace" -> (Callable) this::replaced;
            case "ctime" ->
                    (Callable) _ -> Strftime.format("%c", date.atStartOfDay(), Optional.empty());
            default ->
                    new Undefined(name, "'datetime.date' object has no attribute '" + name + "'");
        };
    }

    static Object isoCalendar(LocalDate date) {
        return dev.ade.jinja.Tuple.of(
                (long) date.get(IsoFields.WEEK_BASED_YEAR),
                (long) date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                (long) date.getDayOfWeek().getValue());
    }

    private Object replaced(Arguments arguments) {
        arguments.allow("year", "month", "day");
        return new DateValue(replaced(date, arguments));
    }

    static LocalDate replaced(LocalDate date, Arguments arguments) {
        return LocalDate.of(
                Numbers.integer(arguments.get(0, "year", (long) date.getYear())),
                Numbers.integer(arguments.get(1, "month", (long) date.getMonthValue())),
                Numbers.integer(arguments.get(2, "day", (long) date.getDayOfMonth())));
    }

    /// `datetime.date`, which makes dates.
    record Maker(java.time.InstantSource clock) implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            arguments.allow("year", "month", "day");
            return new DateValue(
                    LocalDate.of(
                            Numbers.integer(arguments.require(0, "year")),
                            Numbers.integer(arguments.require(1, "month")),
                            Numbers.integer(arguments.require(2, "day"))));
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "today" ->
                        (Callable)
                                _ -> new DateValue(DateTimeValue.now(clock).time().toLocalDate());
                case "fromisoformat" ->
                        (Callable)
                                arguments ->
                                        new DateValue(
                                                LocalDate.parse(
                                                        Python.text(arguments.require(0, "date"))));
                case "fromordinal" ->
                        (Callable)
                                arguments ->
                                        new DateValue(
                                                LocalDate.ofEpochDay(
                                                        Numbers.integer(
                                                                        arguments.require(
                                                                                0, "ordinal"))
                                                                - Strftime.ORDINAL_OF_1970));
                case "min" -> new DateValue(LocalDate.of(1, 1, 1));
                case "max" -> new DateValue(LocalDate.of(9999, 12, 31));
                default -> new Undefined(name, "datetime.date has no attribute '" + name + "'");
            };
        }
    }

    @Override
    public Optional<Object> left(String sign, Object other) {
        return switch (other) {
            case DeltaValue delta when sign.equals("+") ->
                    Optional.of(new DateValue(date.plusDays(delta.days())));
            case DeltaValue delta when sign.equals("-") ->
                    Optional.of(new DateValue(date.minusDays(delta.days())));
            case DateValue(var from) when sign.equals("-") ->
                    Optional.of(
                            DeltaValue.between(
                                    from.atTime(LocalTime.MIDNIGHT),
                                    date.atTime(LocalTime.MIDNIGHT)));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Object> right(String sign, Object other) {
        return sign.equals("+") ? left(sign, other) : Optional.empty();
    }

    @Override
    public int compareTo(DateValue other) {
        return date.compareTo(other.date);
    }

    @Override
    public String toString() {
        return date.toString();
    }
}
