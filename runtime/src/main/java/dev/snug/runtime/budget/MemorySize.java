package dev.snug.runtime.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory that a person asks for, 1 MiB to 128 TiB.
 *
 * <p>As text: a number, a blank or none, a unit. Binary units, in powers of 1024: {@code KiB MiB
 * GiB TiB}, Kubernetes' {@code Ki Mi Gi Ti}, and the single letters {@code k m g t}, which are
 * binary in {@code java -Xmx}, Docker and systemd. Decimal units, in powers of 1000: {@code kB MB
 * GB TB}. No unit, or {@code B}, means bytes. Capitals make no difference.
 *
 * @param bytes {@link #MIN_BYTES} to {@link #MAX_BYTES}
 */
public record MemorySize(long bytes) {
    /**
     * 1 MiB: no process lives in less, so a smaller one is a unit that was forgotten: {@code 512}
     * was meant to be 512 MiB.
     */
    public static final long MIN_BYTES = 1L << 20;

    /**
     * 128 TiB: what a process can address on x86-64 (47 bits), so more is a slip of the hand; and
     * sums of many such amounts stay far below 2<sup>63</sup>.
     */
    public static final long MAX_BYTES = 1L << 47;

    /** Longest text looked at: the digits of a large number, a fraction, a unit, blanks. */
    private static final int CHARS_MAX = 32;

    /**
     * From here on figures for people are in GiB: below it a tenth of a GiB would be too coarse.
     */
    private static final long SHOWN_IN_GIBIBYTES = 64L << 30;

    private static final Pattern TEXT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z]*)");

    private static final Map<String, Long> UNITS =
            Map.ofEntries(
                    Map.entry("", 1L),
                    Map.entry("b", 1L),
                    Map.entry("k", 1L << 10),
                    Map.entry("ki", 1L << 10),
                    Map.entry("kib", 1L << 10),
                    Map.entry("m", 1L << 20),
                    Map.entry("mi", 1L << 20),
                    Map.entry("mib", 1L << 20),
                    Map.entry("g", 1L << 30),
                    Map.entry("gi", 1L << 30),
                    Map.entry("gib", 1L << 30),
                    Map.entry("t", 1L << 40),
                    Map.entry("ti", 1L << 40),
                    Map.entry("tib", 1L << 40),
                    Map.entry("kb", 1_000L),
                    Map.entry("mb", 1_000_000L),
                    Map.entry("gb", 1_000_000_000L),
                    Map.entry("tb", 1_000_000_000_000L));

    public MemorySize {
        if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a memory size must be 1MiB to 128TiB, not " + bytes + " bytes");
        }
    }

    /**
     * The size that {@code text} says, rounded down to a byte.
     *
     * @throws IllegalArgumentException when it says none, or one out of range; the message is for
     *     the user
     */
    public static MemorySize parse(String text) {
        String stripped = text.strip();
        Matcher matcher = TEXT.matcher(stripped);
        if (stripped.length() > CHARS_MAX || !matcher.matches()) {
            String remedy = stripped.contains(",") ? "; a fraction has a point: 1.5GiB" : "";
            throw notASize(stripped, "is not a number and a unit" + remedy);
        }
        String unit = matcher.group(2);
        Long factor = UNITS.get(unit.toLowerCase(Locale.ROOT));
        if (factor == null) {
            throw notASize(stripped, "has the unknown unit '" + unit + "'");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        if (bytes.compareTo(BigDecimal.valueOf(MIN_BYTES)) < 0) {
            throw notASize(
                    stripped,
                    "is less than 1MiB" + (unit.isEmpty() ? ": did you forget the unit?" : ""));
        }
        if (bytes.compareTo(BigDecimal.valueOf(MAX_BYTES)) > 0) {
            throw notASize(stripped, "is more than 128TiB");
        }
        return new MemorySize(bytes.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    private static IllegalArgumentException notASize(String text, String why) {
        String shown = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "…" : text;
        return new IllegalArgumentException(
                "'"
                        + shown
                        + "' "
                        + why
                        + "; a memory size is, for example, 512MiB, 1.5g or 800MB");
    }

    /**
     * The text that {@link #parse} reads as exactly this size, in the largest unit that divides.
     */
    @Override
    public String toString() {
        String[] units = {"", "KiB", "MiB", "GiB", "TiB"};
        int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, units.length - 1);
        return (bytes >> (10 * unit)) + units[unit];
    }

    /** {@code bytes} for people, never less than they are: what is asked for. */
    public static String up(long bytes) {
        return shown(bytes, RoundingMode.CEILING);
    }

    /** {@code bytes} for people, never more than they are: what is free. So up > down stays so. */
    public static String down(long bytes) {
        return shown(bytes, RoundingMode.FLOOR);
    }

    /** The least multiple of 1 MiB that is not below {@code bytes}, or 2<sup>63</sup> − 1. */
    static long wholeMebibytes(long bytes) {
        long mebibyte = 1L << 20;
        return bytes > Long.MAX_VALUE - mebibyte
                ? Long.MAX_VALUE
                : Math.ceilDiv(bytes, mebibyte) * mebibyte;
    }

    private static String shown(long bytes, RoundingMode rounding) {
        if (bytes < 1L << 10) {
            return bytes + " bytes";
        }
        int shift = bytes < 1L << 20 ? 10 : bytes < SHOWN_IN_GIBIBYTES ? 20 : 30;
        BigDecimal figure =
                BigDecimal.valueOf(bytes)
                        .divide(BigDecimal.valueOf(1L << shift))
                        .setScale(1, rounding)
                        .stripTrailingZeros();
        return figure.toPlainString() + (shift == 10 ? " KiB" : shift == 20 ? " MiB" : " GiB");
    }
}
