package dev.ade.code;

/// A model that makes its rows from the rows of one dataset, of each batch by itself. Batches are worked on side by
/// side, each thread with an object of the class of its own; which rows come together, and in what order, is not
/// promised.
///
/// ```java
/// @Reads("shop.orders")
/// public class OrderSize implements BatchModel<OrderSize.Order, OrderSize.Size> {
///     public record Order(long orderId, double amount) {}
///
///     public record Size(long orderId, String size) {}
///
///     @Override
///     public void map(Batch<Order> orders, Output<Size> out) {
///         for (Order order : orders) {
///             out.add(new Size(order.orderId(), order.amount() > 100 ? "large" : "small"));
///         }
///     }
/// }
/// ```
///
/// Components of a record are columns: `orderId` is `order_id`. Only the columns of the record are read.
///
/// @param <I> the columns it reads
/// @param <O> the columns it makes
public non-sealed interface BatchModel<I extends Record, O extends Record> extends JavaModel<O> {
    /// Makes rows of some rows. What it throws fails the run.
    void map(Batch<I> batch, Output<O> out) throws Exception;
}
