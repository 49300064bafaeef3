package dev.snug.server.work;

import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.worker.Reply;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.settings.HeatMaps;
import dev.snug.vision.picture.PictureCaps;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Does in this process what workers do, once, while the build records which classes that loads: a
 * worker's start is a first question's wait.
 */
public final class Rehearsal {
    private static final long LIMIT_BYTES = 512L << 20;

    private Rehearsal() {}

    /**
     * Plans, classifies and speaks with models in {@code home} and {@code shipped}.
     *
     * @param classifier name of a model for pictures
     * @param speaker name of a model for speech
     */
    public static void run(
            Path home, Optional<Path> shipped, String classifier, Path picture, String speaker)
            throws IOException {
        new WorkerSetup(
                        home,
                        shipped,
                        LIMIT_BYTES,
                        HeatMaps.AUTO,
                        PictureCaps.DEFAULT,
                        ProviderWish.CPU)
                .options()
                .forEach(Rehearsal::set);
        byte[] survey = (classifier + " " + speaker).getBytes(StandardCharsets.UTF_8);
        new PlanTask().run(PlanTask.SURVEY, survey, new Nowhere());
        PictureQuestion seen =
                new PictureQuestion(
                        null,
                        picture,
                        "",
                        HeatMapForm.LAYER,
                        null,
                        null,
                        "viridis",
                        null,
                        null,
                        null,
                        false);
        new PictureTask()
                .run(PictureTask.CLASSIFY, PictureWire.encoded(seen, classifier), new Nowhere());
        SpeechQuestion said =
                new SpeechQuestion(null, "Một, hai.", null, 1, null, 1, SpeechQuestion.Format.WAV);
        new SpeechTask().run(SpeechTask.SPEAK, SpeechWire.encoded(said, speaker), new Nowhere());
    }

    /** Sets what {@code -Dname=value} sets. */
    private static void set(String option) {
        int equals = option.indexOf('=');
        System.setProperty(option.substring("-D".length(), equals), option.substring(equals + 1));
    }

    private static final class Nowhere implements Reply {
        @Override
        public void send(byte[] bytes, int offset, int length) {}

        @Override
        public void stepEnded() {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
