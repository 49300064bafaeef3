package dev.snug.speech.book;

import dev.snug.speech.SpeechPlan;
import dev.snug.speech.subtitle.Cue;
import dev.snug.speech.subtitle.Subtitles;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Reference;

import java.util.List;

/** The subtitles of a book, part by part, from the samples that its chunks really took. */
final class BookCues {
    private static final int MILLISECONDS = 1000;

    private final PlannedBook book;
    private final BookWork work;

    BookCues(PlannedBook book, BookWork work) {
        this.book = book;
        this.work = work;
    }

    /** The cues of {@code part}; their samples are counted over the whole book. */
    List<Cue> of(int part) {
        SpeechPlan plan = book.plan(part);
        List<Chunk> chunks = plan.script().chunks();
        int first = book.survey().firstChunkOf(part);
        long[] starts = new long[chunks.size()];
        long[] ends = new long[chunks.size()];
        for (int i = 0; i < chunks.size(); i++) {
            int lead = i == 0 ? plan.script().leadMilliseconds() : 0;
            starts[i] = work.samples(first + i) + samples(lead);
            ends[i] = work.samples(first + i + 1) - samples(chunks.get(i).pauseMilliseconds());
        }
        return Subtitles.of(plan, starts, ends, book.planned().speaker().weights(plan.request()));
    }

    private static long samples(int milliseconds) {
        return milliseconds * (long) Reference.SAMPLE_RATE / MILLISECONDS;
    }
}
