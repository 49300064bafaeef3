package dev.snug.cli;

import dev.snug.speech.SpeechListener;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Reference;

import java.util.Locale;

/** Shows which chunk and step is being computed, and how long the rest may take. */
final class SpeakProgress implements SpeechListener {
    private static final double NANOS = 1e9;

    /** Lines of a whole job where no terminal redraws one. */
    private static final long LOG_LINES = 10;

    private static final int MINUTE_SECONDS = 60;
    private static final int HOUR_SECONDS = 3600;

    private final ProgressLine line;
    private final long framesBetweenCollections;
    private final int chunks;
    private final int chunksBefore;
    private long framesLeft;
    private long startedNanos = System.nanoTime();
    private int begun;
    private long audioSamples;
    private String first = "";

    /**
     * Progress on {@code line}.
     *
     * @param framesBetweenCollections as the plan counts them
     * @param chunks of the whole text
     * @param chunksBefore that an earlier run has spoken
     * @param samplesBefore of them
     */
    SpeakProgress(
            ProgressLine line,
            long framesBetweenCollections,
            int chunks,
            int chunksBefore,
            long samplesBefore) {
        this.line = line;
        this.framesBetweenCollections = framesBetweenCollections;
        this.chunks = chunks;
        this.chunksBefore = chunksBefore;
        this.audioSamples = samplesBefore;
    }

    @Override
    public void chunk(SpeechPlan plan, int number, Chunk piece) {
        if (begun == 0) {
            startedNanos = System.nanoTime();
        }
        int at = chunksBefore + begun;
        if (line.redraws() || isTold(at)) {
            line.step("speaking chunk %d of %d".formatted(at + 1, chunks) + told(at));
        }
        if (begun > 0 && framesLeft + piece.frames() > framesBetweenCollections) {
            // The collector enlarges the heap before it looks for garbage, up to its limit: what a
            // chunk left behind would stay resident. Collected now it is some milliseconds' work.
            System.gc();
            framesLeft = 0;
        }
        framesLeft += piece.frames();
        audioSamples += (long) (piece.frames() - plan.reference().frames()) * Reference.HOP_SAMPLES;
        begun++;
    }

    /** In a log each tenth of the way is enough. */
    private boolean isTold(int number) {
        return begun == 0 || number * LOG_LINES / chunks > (number - 1) * LOG_LINES / chunks;
    }

    /** What a log says of the way so far; a terminal shows it beside the bar. */
    private String told(int at) {
        return line.redraws() || begun == 0 ? "" : more((at - chunksBefore) / (double) left());
    }

    private int left() {
        return chunks - chunksBefore;
    }

    @Override
    public void step(int step, int steps) {
        double done = begun - 1 + step / (double) steps;
        line.share(
                (chunksBefore + done) / chunks,
                "step " + (step + 1) + " of " + steps + more(done / left()) + first);
    }

    /** Minutes of speech so far, and how long the rest takes at the pace of this run. */
    private String more(double share) {
        String audio =
                audioSamples < (long) MINUTE_SECONDS * Reference.SAMPLE_RATE
                        ? ""
                        : ", " + time(audioSamples / (double) Reference.SAMPLE_RATE) + " of speech";
        double seconds = (System.nanoTime() - startedNanos) / NANOS;
        return share > 0 ? audio + ", " + time(seconds / share * (1 - share)) + " left" : audio;
    }

    @Override
    public void firstAudio(double seconds) {
        if (first.isEmpty()) {
            first = String.format(Locale.ROOT, ", first sound after %.1f s", seconds);
        }
    }

    /** {@code 45 s}, {@code 12 min} or {@code 3 h 05 min}. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 2 * MINUTE_SECONDS) {
            return whole + " s";
        }
        long minutes = (whole + MINUTE_SECONDS / 2) / MINUTE_SECONDS;
        return whole < HOUR_SECONDS
                ? minutes + " min"
                : String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }
}
