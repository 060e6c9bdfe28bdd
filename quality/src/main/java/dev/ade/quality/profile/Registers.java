package dev.ade.quality.profile;

import java.util.Arrays;

/// Reads the exported state of the engine's `approx_count_distinct`: `{'precision': 10, 'registers': [3, 0, …]}`.
final class Registers {
    private Registers() {}

    static byte[] of(String state) {
        int at = state.indexOf('[') + 1;
        int end = state.lastIndexOf(']');
        if (at == 0 || end < at) {
            throw new IllegalStateException(
                    "Cannot read a sketch of the engine: it has no registers");
        }
        byte[] registers = new byte[(end - at) / 2 + 1];
        int size = 0;
        int number = 0;
        for (int i = at; i <= end; i++) {
            char c = state.charAt(i);
            if (c >= '0' && c <= '9') {
                number = number * 10 + c - '0';
            } else if (c == ',' || c == ']') {
                registers[size++] = (byte) number;
                number = 0;
            }
        }
        return Arrays.copyOf(registers, size);
    }
}
