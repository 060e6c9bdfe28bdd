package dev.ade.spi;

/// Values of one column in some rows, without NULLs, in arrays that are used again for the rows that follow.
///
/// What a value looks like depends on the column's type:
///
/// | Type | `words()` |
/// |---|---|
/// | BOOLEAN | 0 or 1 |
/// | INTEGER, BIGINT, DECIMAL of up to 18 digits | the number, unscaled |
/// | DATE | days since 1970; the extremes of `int` are infinite |
/// | TIME | microseconds of the day |
/// | TIMESTAMP, TIMESTAMPTZ | microseconds since 1970; the extremes of `long` are infinite |
/// | FLOAT, DOUBLE | the bits of a `double` |
/// | DECIMAL of more digits, UUID | two words a value, the lower first |
/// | VARCHAR | a hash of the text; see `characters` and `bytes` |
/// | BLOB | a hash |
/// | lists, structs and maps | nothing is said of them |
public interface ColumnValues {
    /// Digits of the decimals that one word holds.
    int ONE_WORD_DIGITS = 18;

    /// How many there are.
    int count();

    /// Whether all are known to be the same. Then only the first of them is in the arrays.
    boolean isSame();

    /// An array that may be longer than what is used of it.
    long[] words();

    /// Lengths of texts in characters.
    int[] characters();

    /// The first bytes of a text, `most` at most.
    byte[] bytes(int value, int most);
}
