package dev.ade.code;

/// A model that makes its rows from whole datasets, which it may ask by SQL. One object, one call, one thread.
///
/// ```java
/// @Reads("shop.orders")
/// public class Session implements TableModel<Session.Row> {
///     public record Order(String customerId, LocalDateTime orderedAt) {}
///
///     public record Row(String customerId, LocalDateTime orderedAt, int session) {}
///
///     @Override
///     public void make(Inputs inputs, Output<Row> out) {
///         try (Rows<Order> orders = inputs.query(Order.class, "from shop.orders order by customer_id, ordered_at")) {
///             for (Order order : orders) {
///                 …
///             }
///         }
///     }
/// }
/// ```
///
/// @param <O> the columns it makes
public non-sealed interface TableModel<O extends Record> extends JavaModel<O> {
    /// Makes all rows. What it throws fails the run.
    void make(Inputs inputs, Output<O> out) throws Exception;
}
