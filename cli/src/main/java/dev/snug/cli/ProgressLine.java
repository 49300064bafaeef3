package dev.snug.cli;

import dev.snug.cli.language.Language;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line on standard error that shows how far a long work has come. On a terminal it redraws
 * itself; elsewhere it prints one plain line per step, so that logs stay readable.
 */
final class ProgressLine implements AutoCloseable {
    private static final int BAR_CELLS = 24;

    private final PrintStream err;
    private final Language language;
    private final boolean redraws;
    private String step = "";
    private int percentShown = -1;
    private String shown = "";
    private String memory = "";

    ProgressLine(Surroundings surroundings) {
        this.err = surroundings.err();
        this.language = surroundings.language();
        this.redraws = surroundings.decorated();
    }

    /** Whether each line takes the place of the one before. */
    boolean redraws() {
        return redraws;
    }

    /** Says what is being done now. */
    synchronized void step(String what) {
        if (what.equals(step)) {
            return;
        }
        clear();
        step = what;
        percentShown = -1;
        if (redraws) {
            shown = language.line(what) + " …";
            redraw();
        } else {
            err.println("snug: " + what);
        }
        err.flush();
    }

    /** Shows {@code done} of {@code total} bytes of the current step. */
    void bytes(long done, long total) {
        share(
                total <= 0 ? 0 : done / (double) total,
                String.format(Locale.ROOT, "of %.1f MiB", Mebibytes.of(total)));
    }

    /** Shows that {@code share}, 0 to 1, of the current step is done, and {@code more}. */
    synchronized void share(double share, String more) {
        int percent = (int) (100 * share);
        if (!redraws || percent == percentShown) {
            return;
        }
        percentShown = percent;
        int filled = BAR_CELLS * percent / 100;
        shown =
                String.format(
                        Locale.ROOT,
                        "%s %s%s %d %% %s",
                        language.line(step),
                        "━".repeat(filled),
                        "─".repeat(BAR_CELLS - filled),
                        percent,
                        language.line(more));
        redraw();
    }

    /** Shows {@code words} on memory beside the rest, from now on; any thread may say them. */
    synchronized void memory(String words) {
        if (!redraws || step.isEmpty() || words.equals(memory)) {
            return;
        }
        memory = words;
        redraw();
    }

    private void redraw() {
        err.print("\r\033[2K" + shown + (memory.isEmpty() ? "" : " · " + language.line(memory)));
        err.flush();
    }

    /** Leaves an empty line; what is said later than this is not shown. */
    @Override
    public synchronized void close() {
        clear();
        step = "";
    }

    private void clear() {
        if (redraws && !step.isEmpty()) {
            err.print("\r\033[2K");
            err.flush();
        }
    }
}
