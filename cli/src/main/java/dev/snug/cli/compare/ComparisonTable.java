package dev.snug.cli.compare;

import dev.snug.vision.ClassScore;
import dev.snug.vision.compare.CaseDifference;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A comparison as text in columns. */
public record ComparisonTable(Comparison comparison, KeptQuality kept) {
    private static final int NAME_CHARS = 32;
    private static final String DASH = "–";

    /** Prints cases, totals, what each took, and whether it is kept. */
    public void print(PrintStream out) {
        switch (comparison) {
            case Comparison.Pictures pictures -> {
                print(out, pictures);
                out.println();
                printFailed(out);
                totals(out, pictures);
            }
            case Comparison.Speech speech -> {
                print(out, speech);
                out.println();
                printFailed(out);
                totals(out, speech);
            }
        }
        out.println();
        printCosts(out);
        out.println();
        out.println(kept.words());
    }

    private void print(PrintStream out, Comparison.Pictures pictures) {
        out.printf(
                "%4s  %-32s  %-18s  %-18s  %-4s  %6s  %6s%n",
                "CASE", "PICTURE", "A", "B", "SAME", "P DIFF", "MAP");
        for (PictureCase one : pictures.cases()) {
            CaseDifference difference = one.difference();
            out.printf(
                    Locale.ROOT,
                    "%4d  %-32s  %-18s  %-18s  %-4s  %6.4f  %6s%n",
                    one.number(),
                    cut(one.name(), NAME_CHARS),
                    words(one.a().found().top()),
                    words(one.b().found().top()),
                    difference.sameTop() ? "yes" : "NO",
                    difference.probabilityDifference(),
                    number("%.3f", difference.mapCorrelation()));
        }
        legend(out);
        out.println(
                "P DIFF: largest difference of a class's probabilities. MAP: correlation of the two"
                        + " heat maps of A's class.");
    }

    private void print(PrintStream out, Comparison.Speech speech) {
        out.printf(
                "%4s  %-32s  %7s  %7s  %6s  %6s  %6s  %6s  %6s%n",
                "CASE", "SENTENCE", "A s", "B s", "MEL dB", "A CPU", "B CPU", "A RTF", "B RTF");
        for (SpeechCase one : speech.cases()) {
            out.printf(
                    Locale.ROOT,
                    "%4d  %-32s  %7.2f  %7.2f  %6s  %6.2f  %6.2f  %6.2f  %6.2f%n",
                    one.number(),
                    cut(one.text(), NAME_CHARS),
                    one.a().audioSeconds(),
                    one.b().audioSeconds(),
                    number("%.2f", one.melDistance()),
                    one.a().cpuSeconds(),
                    one.b().cpuSeconds(),
                    one.a().realTimeFactor(),
                    one.b().realTimeFactor());
        }
        legend(out);
        out.println(
                "MEL dB: root mean square of the log-mel's difference; – where the lengths differ."
                        + " RTF: seconds for each second of sound.");
    }

    private void legend(PrintStream out) {
        out.printf("A: %s. B: %s.%n", comparison.a().model(), comparison.b().model());
    }

    private void printFailed(PrintStream out) {
        for (FailedCase failed : comparison.failed()) {
            out.printf("%4d  %s: %s%n", failed.number(), failed.name(), failed.error());
        }
    }

    private static void totals(PrintStream out, Comparison.Pictures pictures) {
        int same =
                (int) pictures.cases().stream().filter(one -> one.difference().sameTop()).count();
        int cases = pictures.cases().size();
        out.printf(
                Locale.ROOT,
                "Same class: %d of %d (%.1f %%)%n",
                same,
                cases,
                cases == 0 ? 0 : 100.0 * same / cases);
        pictures.probabilities()
                .ifPresent(
                        spread ->
                                out.printf(
                                        Locale.ROOT,
                                        "Probability difference: at most %.4f, median %.4f%n",
                                        spread.most(),
                                        spread.median()));
        pictures.sum()
                .ifPresent(
                        sum ->
                                out.printf(
                                        "Map correlation: median %s, least %s%n",
                                        number("%.4f", sum.mapCorrelationMedian()),
                                        number("%.4f", sum.mapCorrelationMin())));
    }

    private static void totals(PrintStream out, Comparison.Speech speech) {
        Optional<Spread> distances = speech.melDistances();
        out.printf(
                "Sentences: %d; mel distance: median %s dB, most %s dB%n",
                speech.cases().size(),
                number("%.2f", distances.map(Spread::median)),
                number("%.2f", distances.map(Spread::most)));
    }

    private void printCosts(PrintStream out) {
        out.printf(
                "%-34s  %14s  %14s  %7s%n",
                "", cut(comparison.a().model(), 14), cut(comparison.b().model(), 14), "B / A");
        for (CostRow row : CostRow.of(comparison)) {
            out.printf(
                    "%-34s  %14s  %14s  %7s%n",
                    row.cost().words, row.first(), row.second(), row.ratio());
        }
    }

    private static String words(ClassScore score) {
        return String.format(
                Locale.ROOT, "%s %.4f", cut(score.label().id(), 11), score.probability());
    }

    static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : DASH;
    }

    static String number(String format, Optional<Double> value) {
        return value.map(each -> String.format(Locale.ROOT, format, each)).orElse(DASH);
    }

    /** The end of a longer text, where names of files differ, after a dot that says so. */
    private static String cut(String text, int chars) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() <= chars ? shown : "…" + shown.substring(shown.length() - chars + 1);
    }
}
