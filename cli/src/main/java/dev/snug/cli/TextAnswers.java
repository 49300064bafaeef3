package dev.snug.cli;

import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.picture.Reduction;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers as a table with bars, for people. */
final class TextAnswers implements Answers {
    private static final int BAR_CELLS = 20;

    /** Eighths of a cell, so that 20 cells tell 160 levels apart. */
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final PrintStream out;
    private final PrintStream err;
    private final String model;
    private final int top;
    private boolean answered;

    TextAnswers(PrintStream out, PrintStream err, String model, int top) {
        this.out = out;
        this.err = err;
        this.model = model;
        this.top = top;
    }

    @Override
    public void answered(
            Path file,
            Classification found,
            Optional<Reduction> reduction,
            Written written,
            double seconds) {
        answered = true;
        List<ClassScore> shown = found.scores().stream().limit(top).toList();
        int idWidth = width(shown.stream().map(score -> score.label().id()).toList());
        int nameWidth = width(shown.stream().map(score -> score.label().name()).toList());
        out.printf("%s  (%s)%n", file, model);
        for (ClassScore score : shown) {
            String group = score.label().group();
            String line =
                    String.format(
                            Locale.ROOT,
                            "  %-" + idWidth + "s  %s %6.2f %%  %-" + nameWidth + "s  %s",
                            score.label().id(),
                            bar(score.probability()),
                            100 * score.probability(),
                            score.label().name(),
                            group == null ? "" : group);
            out.println(line.stripTrailing());
        }
        if (!found.groups().isEmpty()) {
            out.println("  " + groups(found.groups()));
        }
        if (found.heatMap() != null) {
            out.println(
                    written.heatMap() == null
                            ? "  heat map: nothing stands out, so none was written"
                            : "  heat map: " + written.heatMap());
        }
        if (written.report() != null) {
            out.println("  report: " + written.report());
        }
        reduction.ifPresent(
                how ->
                        out.println(
                                "  decoded at "
                                        + how.words()
                                        + ": the whole does not fit the memory limit"));
        out.printf(Locale.ROOT, "  %.2f s, peak memory %s%n%n", seconds, PeakMemory.shown());
    }

    private static int width(List<String> words) {
        return Math.max(1, words.stream().mapToInt(String::length).max().orElse(1));
    }

    /** {@value #BAR_CELLS} cells for 0 to 1, filled in eighths. */
    static String bar(double share) {
        int eighths = (int) Math.round(Math.clamp(share, 0, 1) * BAR_CELLS * 8);
        String full = "█".repeat(eighths / 8);
        String part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return (full + part + " ".repeat(BAR_CELLS)).substring(0, BAR_CELLS);
    }

    private static String groups(Map<String, Double> groups) {
        return groups.entrySet().stream()
                .map(
                        group ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.1f %%",
                                        group.getKey(),
                                        100 * group.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void failed(Path file, Failure failure) {
        err.printf("snug: %s: %s%n", file, failure.message());
    }

    @Override
    public void close() {
        if (answered) {
            out.println(
                    "Not a diagnosis, and the percentages are not calibrated. See a doctor about a"
                            + " spot that is new, changes, itches or bleeds.");
        }
        out.flush();
    }
}
