package dev.snug.speech.book;

import dev.snug.speech.NetworksOpening;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.plan.Chunks;
import dev.snug.speech.plan.PlannedSpeech;
import dev.snug.speech.voice.SpeechModel;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A book, cut and set up so that speaking it fits a memory limit.
 *
 * @param planned with the plan of the first part
 */
public record PlannedBook(BookParts parts, PlannedSpeech planned, Survey survey) {
    /**
     * Plans all of {@code parts}; runs no network.
     *
     * @param request of the first part
     * @throws dev.snug.runtime.job.DoesNotFitException when nothing fits the limit
     * @throws dev.snug.speech.text.TextException when a part cannot be spoken; says which chapter
     */
    public static PlannedBook of(
            SpeechModel model,
            SpeechRequest request,
            PlannedSpeech.Wish wish,
            NetworksOpening opening,
            BookParts parts)
            throws IOException {
        Map<Double, Survey> surveys = new HashMap<>();
        PlannedSpeech planned =
                PlannedSpeech.of(
                        model,
                        request,
                        wish,
                        opening,
                        (speaker, first) -> counted(surveys, speaker, first.request(), parts));
        double seconds = planned.speech().request().pace().chunkSeconds();
        Survey survey = surveys.get(seconds);
        if (survey == null) {
            throw new IllegalStateException("nobody counted the chunks of " + seconds + " s");
        }
        return new PlannedBook(parts, planned, survey);
    }

    /** How a text is cut depends on nothing that a plan may change but the length of chunks. */
    private static Chunks counted(
            Map<Double, Survey> surveys, Speaker speaker, SpeechRequest request, BookParts parts) {
        return surveys.computeIfAbsent(
                        request.pace().chunkSeconds(), _ -> Survey.of(speaker, request, parts))
                .chunks();
    }

    /** The plan of one part, made now. */
    public SpeechPlan plan(int part) {
        return planned.speaker()
                .plan(
                        planned.speech()
                                .request()
                                .part(parts.passage(part), survey.firstChunkOf(part)));
    }
}
