package dev.snug.speech.subtitle;

import dev.snug.speech.SpeechPlan;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.aloud.SpokenText;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The subtitles of a text that was spoken. */
public final class Subtitles {
    private Subtitles() {}

    /**
     * The cues of one plan, in order; what is shown is what was written, without its marks.
     *
     * @param starts first sample of each chunk
     * @param ends behind the last sample of each, silence behind it left out
     * @param weight how long a spoken text takes beside others
     */
    public static List<Cue> of(
            SpeechPlan plan, long[] starts, long[] ends, ToDoubleFunction<String> weight) {
        SpokenText reader = plan.request().reader();
        String written = plan.request().passage().text();
        List<Timing.Shown> shown = new ArrayList<>();
        for (String cue : CueText.of(reader == null ? written : reader.shown(written))) {
            String spoken = reader == null ? cue : reader.words(cue);
            shown.add(new Timing.Shown(cue, Timing.letters(spoken)));
        }
        List<Chunk> chunks = plan.script().chunks();
        List<Timing.Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            stretches.add(new Timing.Stretch(chunks.get(i).text(), starts[i], ends[i]));
        }
        return Timing.cues(shown, stretches, weight);
    }
}
