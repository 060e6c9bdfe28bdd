package dev.ade.spi;

import java.util.Optional;

/// Rows of interest have `min <= column <= max`. Values are Long (integers), Double, java.math.BigDecimal,
/// String, LocalDate, LocalDateTime (timestamps without zone) or Instant (timestamps with zone).
public record Bound(String column, Optional<Object> min, Optional<Object> max) {}
