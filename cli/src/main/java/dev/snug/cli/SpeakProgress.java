package dev.snug.cli;

import dev.snug.speech.SpeechListener;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.text.Chunk;

import java.util.Locale;

/** Shows which chunk and step is being computed, and how long the rest may take. */
final class SpeakProgress implements SpeechListener {
    private static final double NANOS = 1e9;

    /** Lines of a whole job where no terminal redraws one. */
    private static final long LOG_LINES = 10;

    private final ProgressLine line;
    private final long framesBetweenCollections;
    private long framesLeft;
    private long startedNanos = System.nanoTime();
    private int chunk;
    private int chunks = 1;

    /**
     * Progress on {@code line}.
     *
     * @param framesBetweenCollections as the plan counts them
     */
    SpeakProgress(ProgressLine line, long framesBetweenCollections) {
        this.line = line;
        this.framesBetweenCollections = framesBetweenCollections;
    }

    @Override
    public void chunk(SpeechPlan plan, int number, Chunk piece) {
        if (number == 0) {
            startedNanos = System.nanoTime();
        }
        chunk = number;
        chunks = plan.script().chunks().size();
        if (line.redraws() || isTold(number)) {
            line.step("speaking chunk %d of %d".formatted(number + 1, chunks));
        }
        if (number > 0 && framesLeft + piece.frames() > framesBetweenCollections) {
            // The collector enlarges the heap before it looks for garbage, up to its limit: what a
            // chunk left behind would stay resident. Collected now it is some milliseconds' work.
            System.gc();
            framesLeft = 0;
        }
        framesLeft += piece.frames();
    }

    /** In a log each tenth of the way is enough. */
    private boolean isTold(int number) {
        return number == 0 || number * LOG_LINES / chunks > (number - 1) * LOG_LINES / chunks;
    }

    @Override
    public void step(int step, int steps) {
        double share = (chunk + step / (double) steps) / chunks;
        double seconds = (System.nanoTime() - startedNanos) / NANOS;
        String left =
                share > 0
                        ? String.format(Locale.ROOT, ", %.0f s left", seconds / share * (1 - share))
                        : "";
        line.share(share, "step " + (step + 1) + " of " + steps + left);
    }
}
