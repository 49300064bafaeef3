package dev.snug.server;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.LocalModels;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Field;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.ModelCard.Named;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.answer.VoiceKeeping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Answers as models and voices would, one of each kind, with all that an answer may have. */
final class Stocked implements Answering, VoiceKeeping, LocalModels {
    static final String SKIN = "skin";
    static final String SPEAKER = "small";

    /** A question without wishes. */
    static final PictureQuestion PLAIN =
            new PictureQuestion(
                    null,
                    Path.of("none"),
                    "",
                    HeatMapForm.NONE,
                    null,
                    null,
                    "viridis",
                    null,
                    null,
                    null,
                    false);

    private static final byte[] SOME = {1, 2, 3, 4};

    /** What every question is refused for while {@link #refuses}. */
    AnswerException.Kind refusal = AnswerException.Kind.BAD_QUESTION;

    boolean refuses;

    private void check() {
        if (refuses) {
            throw new AnswerException(refusal, "a test refuses it");
        }
    }

    @Override
    public PictureAnswer classify(PictureQuestion question) {
        check();
        if (question.heatMap() == HeatMapForm.OVERLAY) {
            write(Objects.requireNonNull(question.overlayFile()));
        }
        boolean isPlain = question.heatMap() == HeatMapForm.NONE;
        return new PictureAnswer(
                SKIN,
                List.of(new Score("mel", "Melanoma", 0.75), new Score("nv", "Nevus", 0.25)),
                question.heatMap() == HeatMapForm.LAYER ? Optional.of(SOME) : Optional.empty(),
                false,
                isPlain ? List.of() : List.of(PhotoConcern.values()),
                isPlain ? Optional.empty() : Optional.of(new DecodedAt(4, 10, 20, 40, 80)),
                0.5,
                isPlain);
    }

    private static void write(Path file) {
        try {
            Files.write(file, SOME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void report(PictureQuestion question, ReportWish wish) {
        check();
        write(wish.file());
    }

    @Override
    public void speak(SpeechQuestion question, SoundParts sink) {
        check();
        sink.accept(ByteBuffer.wrap(SOME));
    }

    @Override
    public List<ModelCard> models() {
        return List.of(
                new ModelCard(
                        SKIN,
                        Kind.PICTURES,
                        true,
                        "MIT",
                        1000,
                        List.of(new Named("mel", "Melanoma"), new Named("nv", "Nevus")),
                        List.of(new Field("sex", List.of("female")), new Field("age", List.of())),
                        List.of(),
                        true,
                        1_700_000_000),
                new ModelCard(
                        SPEAKER,
                        Kind.SPEECH,
                        true,
                        "",
                        1000,
                        List.of(),
                        List.of(),
                        List.of("Lan"),
                        false,
                        1_700_000_000));
    }

    @Override
    public PlanCard plan(String model) {
        return new PlanCard(
                model,
                true,
                3000,
                1000,
                2000,
                Map.of("weights", 1500L),
                Map.of("threads", "2"),
                List.of("slower"));
    }

    @Override
    public void close() {}

    @Override
    public List<VoiceCard> voices() {
        Map<String, String> traits =
                Map.of("gender", "female", "group", "news", "area", "northern", "emotion", "sad");
        return List.of(
                new VoiceCard("mine", null, null, Map.of(), 1_700_000_000),
                new VoiceCard("Lan", SPEAKER, "vi", traits, 1_700_000_000));
    }

    @Override
    public VoiceCard add(NewVoice voice) {
        check();
        return new VoiceCard(voice.name(), null, "vi", voice.traits(), 1_700_000_000);
    }

    @Override
    public void remove(String name) {
        check();
    }

    @Override
    public String version(String model) {
        return "0123456789abcdef".repeat(4);
    }

    @Override
    public void load(String model) {
        check();
    }

    @Override
    public void unload(String model) {}
}
