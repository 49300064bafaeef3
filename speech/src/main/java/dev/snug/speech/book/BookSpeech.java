package dev.snug.speech.book;

import dev.snug.speech.SoundSink;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechListener;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechState;
import dev.snug.speech.Spoken;
import dev.snug.speech.StageObserver;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Speaks a book part by part; of a part nothing stays when the next begins. */
public final class BookSpeech {
    private BookSpeech() {}

    /**
     * Speaks what is left of {@code book}.
     *
     * @param speaker whose networks run
     * @param from of which the chunks are those of the whole book
     * @param sink told of chunks of the whole book, too
     * @param listener told of each part's plan and its chunks
     * @return what this run spoke: its samples, chunks and times
     * @throws IOException when the sink throws it
     * @throws java.util.concurrent.CancellationException as {@link Speaker} throws it
     */
    public static Spoken speak(
            PlannedBook book,
            Speaker speaker,
            SpeechState from,
            SoundSink sink,
            SpeechListener listener,
            StageObserver observer)
            throws IOException {
        Survey survey = book.survey();
        Set<String> unread = new LinkedHashSet<>();
        Spoken all = new Spoken(0, 0, 0, 0, 0, List.of());
        for (int part = survey.partOf(from.chunks()); part < book.parts().count(); part++) {
            int first = survey.firstChunkOf(part);
            SpeechState state =
                    from.chunks() > first
                            ? new SpeechState(from.chunks() - first, from.held())
                            : SpeechState.START;
            SpeechPlan plan = book.plan(part);
            requireAsPlanned(survey, part, plan);
            Spoken spoken =
                    speaker.speak(plan, state, new Counted(sink, first), listener, observer);
            unread.addAll(spoken.unread());
            all = sum(all, spoken, spoken.chunks() - state.chunks(), List.copyOf(unread));
        }
        return all;
    }

    private static void requireAsPlanned(Survey survey, int part, SpeechPlan plan)
            throws IOException {
        int count = survey.firstChunkOf(part + 1) - survey.firstChunkOf(part);
        if (plan.script().chunks().size() != count) {
            throw new IOException("the book changed while it was read; begin again");
        }
    }

    private static Spoken sum(Spoken before, Spoken spoken, int chunks, List<String> unread) {
        return new Spoken(
                before.samples() + spoken.samples(),
                before.chunks() + chunks,
                spoken.steps(),
                before.samples() == 0
                        ? before.seconds() + spoken.firstAudioSeconds()
                        : before.firstAudioSeconds(),
                before.seconds() + spoken.seconds(),
                unread);
    }

    /** A sink that is told of chunks behind {@code before} others. */
    private record Counted(SoundSink sink, int before) implements SoundSink {
        @Override
        public void write(short[] samples) throws IOException {
            sink.write(samples);
        }

        @Override
        public void chunkEnded(SpeechState state) throws IOException {
            sink.chunkEnded(new SpeechState(before + state.chunks(), state.held()));
        }
    }
}
