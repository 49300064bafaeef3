package dev.snug.cli.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one thing cost with each of two models, with units, and how many times as much the second
 * took.
 */
record CostRow(Cost cost, String first, String second, String ratio) {
    private static final double MIB = 1 << 20;
    private static final double MICROS = 1e6;

    /** What is told apart. */
    enum Cost {
        CPU_OF_A_CASE("CPU of a case, median"),
        TIME_OF_A_CASE("time of a case, median"),
        CPU_OF_THE_PROCESS("CPU of the process, all cases"),
        PEAK("peak memory, files included"),
        WEIGHTS("weights on disk");

        /** For people, in English. */
        final String words;

        Cost(String words) {
            this.words = words;
        }
    }

    /** All rows, in the order of {@link Cost}. */
    static List<CostRow> of(Comparison comparison) {
        Side a = comparison.a();
        Side b = comparison.b();
        List<CostRow> rows = new ArrayList<>();
        switch (comparison) {
            case Comparison.Pictures(var _, var _, List<PictureCase> cases, var _) -> {
                rows.add(
                        seconds(
                                Cost.CPU_OF_A_CASE,
                                median(Spread.of(cases, one -> one.a().cpuSeconds())),
                                median(Spread.of(cases, one -> one.b().cpuSeconds()))));
                rows.add(
                        seconds(
                                Cost.TIME_OF_A_CASE,
                                median(Spread.of(cases, one -> one.a().seconds())),
                                median(Spread.of(cases, one -> one.b().seconds()))));
            }
            case Comparison.Speech(var _, var _, List<SpeechCase> cases, var _) -> {
                rows.add(
                        seconds(
                                Cost.CPU_OF_A_CASE,
                                median(Spread.of(cases, one -> one.a().cpuSeconds())),
                                median(Spread.of(cases, one -> one.b().cpuSeconds()))));
                rows.add(
                        seconds(
                                Cost.TIME_OF_A_CASE,
                                median(Spread.of(cases, one -> one.a().seconds())),
                                median(Spread.of(cases, one -> one.b().seconds()))));
            }
        }
        rows.add(
                seconds(
                        Cost.CPU_OF_THE_PROCESS,
                        OptionalDouble.of(a.cpuMicros() / MICROS),
                        OptionalDouble.of(b.cpuMicros() / MICROS)));
        rows.add(mebibytes(Cost.PEAK, a.peakBytes(), b.peakBytes()));
        rows.add(mebibytes(Cost.WEIGHTS, a.weightBytes(), b.weightBytes()));
        return rows;
    }

    private static OptionalDouble median(Optional<Spread> spread) {
        return spread.map(each -> OptionalDouble.of(each.median())).orElse(OptionalDouble.empty());
    }

    private static CostRow seconds(Cost cost, OptionalDouble first, OptionalDouble second) {
        return new CostRow(
                cost,
                ComparisonTable.number("%.3f s", first),
                ComparisonTable.number("%.3f s", second),
                ratio(first.orElse(0), second.orElse(0)));
    }

    private static CostRow mebibytes(Cost cost, long first, long second) {
        return new CostRow(
                cost,
                String.format(Locale.ROOT, "%.1f MiB", first / MIB),
                String.format(Locale.ROOT, "%.1f MiB", second / MIB),
                ratio((double) first, (double) second));
    }

    private static String ratio(double first, double second) {
        return first > 0 ? String.format(Locale.ROOT, "%.2f", second / first) : "–";
    }
}
