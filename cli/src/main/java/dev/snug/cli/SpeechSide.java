package dev.snug.cli;

import dev.snug.cli.compare.CaseFiles;
import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Prefer;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.Spoken;
import dev.snug.speech.StageObserver;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.network.Networks;
import dev.snug.speech.plan.EngineWish;
import dev.snug.speech.plan.PlannedSpeech;
import dev.snug.speech.plan.UsualSpeech;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.SpeechModel;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A voice that speaks the cases of a comparison, each as {@code snug speak} would. */
record SpeechSide(Main main, String model, CompareOptions options, MemoryLimit limit, Path into) {
    void answer(CompareCases cases, AnswerLines lines, Running running) throws IOException {
        SpeechModel opened =
                SpeechModel.open(
                        main.surroundings().store(), model, main.surroundings().snugHome());
        VoiceSample voice = voice(opened);
        List<CompareCases.Case> all = cases.cases();
        for (int number = 0; number < all.size(); number++) {
            lines.begin();
            try {
                Spoken spoken = speak(opened, voice, number, all.get(number).text(), running);
                AnswerLines.Took took = lines.took();
                lines.answered(
                        took,
                        json -> {
                            json.writeStringProperty("voice", voice.name());
                            json.writeNumberProperty("seconds_audio", spoken.audioSeconds());
                        });
            } catch (RuntimeException | OutOfMemoryError e) {
                // One sentence that the model cannot say must not take the others with it.
                lines.failed(Failure.of(e));
            }
        }
    }

    private VoiceSample voice(SpeechModel opened) throws IOException {
        String name = options.voice();
        ListedVoice voice =
                name == null
                        ? opened.voices().chosen(Traits.NONE, options.seed())
                        : opened.voices().find(name);
        return UsualSpeech.sample(voice);
    }

    private Spoken speak(
            SpeechModel opened, VoiceSample voice, int number, String text, Running running)
            throws IOException {
        PlannedSpeech planned =
                PlannedSpeech.of(
                        opened,
                        request(opened, voice, text),
                        new PlannedSpeech.Wish(
                                OptionalDouble.empty(), engine(), limit, Prefer.BALANCED, false),
                        main.networks());
        // As between chunks: what the sentence before left behind would stay resident.
        System.gc();
        int silent = planned.speech().reference().frames() * Networks.BANDS;
        try (ProgressLine line = new ProgressLine(main.surroundings());
                MemoryBudget budget = MemoryBudget.open(limit);
                Reservation _ = planned.audio(budget);
                DataOutputStream mels =
                        new DataOutputStream(
                                new BufferedOutputStream(
                                        Files.newOutputStream(new CaseFiles(into).mel(number))))) {
            StageObserver keeping =
                    new StageObserver() {
                        @Override
                        public void mel(int chunk, float[] mel) throws IOException {
                            for (int i = silent; i < mel.length; i++) {
                                mels.writeFloat(mel[i]);
                            }
                        }
                    };
            SpeakProgress progress =
                    new SpeakProgress(
                            line,
                            planned.framesBetweenCollections(),
                            planned.chunks().count(),
                            0,
                            0);
            WatchedSpeech watched = new WatchedSpeech(running, progress, keeping);
            try (Speaker speaker = planned.reserving(budget)) {
                return SoundOutput.file(new CaseFiles(into).sound(number))
                        .write(sink -> speaker.speak(planned.speech(), sink, watched, watched));
            }
        }
    }

    private SpeechRequest request(SpeechModel opened, VoiceSample voice, String text)
            throws IOException {
        OptionalInt steps = options.steps();
        return UsualSpeech.request(
                opened,
                voice,
                text,
                1,
                steps.isPresent()
                        ? SamplingWish.DEFAULT.withSteps(steps.getAsInt())
                        : SamplingWish.DEFAULT,
                options.seed());
    }

    private EngineWish engine() {
        EngineWish open = EngineWish.open(Runtime.getRuntime().availableProcessors());
        return new EngineWish(
                options.threads(),
                open.weightsMapped(),
                open.arena(),
                open.optimization(),
                open.isKept(),
                open.rest(),
                open.cores());
    }
}
