package dev.snug.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line on standard error that shows how far a long work has come. On a terminal it redraws
 * itself; elsewhere it prints one plain line per step, so that logs stay readable.
 */
final class ProgressLine implements AutoCloseable {
    private static final int BAR_CELLS = 24;

    private final PrintStream err;
    private final boolean redraws;
    private String step = "";
    private int percentShown = -1;

    ProgressLine(Surroundings surroundings) {
        this.err = surroundings.err();
        this.redraws = surroundings.decorated();
    }

    /** Says what is being done now. */
    void step(String what) {
        if (what.equals(step)) {
            return;
        }
        clear();
        step = what;
        percentShown = -1;
        if (redraws) {
            err.print(what + " …");
        } else {
            err.println("snug: " + what);
        }
        err.flush();
    }

    /** Shows {@code done} of {@code total} bytes of the current step. */
    void bytes(long done, long total) {
        int percent = total <= 0 ? 0 : (int) (100 * done / total);
        if (!redraws || percent == percentShown) {
            return;
        }
        percentShown = percent;
        int filled = BAR_CELLS * percent / 100;
        err.printf(
                Locale.ROOT,
                "\r\033[2K%s %s%s %d %% of %.1f MiB",
                step,
                "━".repeat(filled),
                "─".repeat(BAR_CELLS - filled),
                percent,
                Mebibytes.of(total));
        err.flush();
    }

    @Override
    public void close() {
        clear();
    }

    private void clear() {
        if (redraws && !step.isEmpty()) {
            err.print("\r\033[2K");
            err.flush();
        }
    }
}
