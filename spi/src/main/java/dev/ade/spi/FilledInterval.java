package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;

/// An interval of a dataset and what its rows follow from.
public record FilledInterval(Interval interval, Fingerprint version, long rows) {}
