package dev.ade.cli;

import dev.ade.model.TableName;
import java.io.PrintStream;
import java.util.Map;

/// Tells what systems outside go on keeping for datasets that went.
record KeptOutsideReport(PrintStream out) {
    void print(Map<TableName, String> kept) {
        kept.forEach((name, words) -> out.printf("! %s: %s%n", name, words));
    }
}
