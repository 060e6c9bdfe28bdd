package dev.ade.run;

import dev.ade.spi.Checker;
import dev.ade.spi.Engine;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.Profiler;
import dev.ade.spi.Vault;

/// The implementations that a runner works with, handed in by app.
public record Stages(
        Engine engine,
        Loader loader,
        Privacy privacy,
        Profiler profiler,
        Checker checker,
        Vault vault) {}
