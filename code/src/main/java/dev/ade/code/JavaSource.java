package dev.ade.code;

/// Reads an outside system: a class with a constructor that takes nothing, in a file that `load: {java: …}` names.
///
/// ```java
/// public class Weather implements JavaSource<Weather.Reading> {
///     public record Reading(Instant at, String station, double celsius) {}
///
///     @Override
///     public void read(Asked asked, Sink<Reading> sink) throws Exception {
///         …
///         sink.add(new Reading(at, station, celsius));
///     }
/// }
/// ```
///
/// @param <R> its rows: a record, whose components are columns, or `Map<String, Object>` where columns are only known
///     when they are read
@FunctionalInterface
public interface JavaSource<R> {
    /// Reads what there is since `asked.position()`, everything where that is empty. What it throws fails the load, and
    /// nothing of it is published. Called once for an object, by one thread, which is interrupted when the run is
    /// cancelled.
    void read(Asked asked, Sink<R> sink) throws Exception;
}
