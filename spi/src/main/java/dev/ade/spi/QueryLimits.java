package dev.ade.spi;

import java.time.Duration;

/// @param timeout after which a query is stopped
/// @param rowsMax rows after which its result is cut; the cursor then says so
public record QueryLimits(Duration timeout, long rowsMax) {}
