package dev.snug.server.inference;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.LocalModels;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A classifier and a voice without models; remembers what it was asked and told. */
final class FakeModels implements Answering, LocalModels {
    static final String CLASSIFIER = "skin:int8";
    static final String VOICE = "snug-vi";
    static final String VERSION = "0123456789ab";
    static final int SAMPLES = 10_000;

    /** Not in the order of likelihood, which answers have. */
    static final List<ModelCard.Named> CLASSES =
            List.of(
                    new ModelCard.Named("bcc", "Basal cell carcinoma"),
                    new ModelCard.Named("mel", "Melanoma"),
                    new ModelCard.Named("nv", "Nốt ruồi"));

    static final byte[] HEAT_MAP = {1, 2, 3, 4, 5};

    final List<PictureQuestion> pictures = new CopyOnWriteArrayList<>();
    final List<byte[]> files = new CopyOnWriteArrayList<>();
    final List<SpeechQuestion> texts = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();

    /** Whether pictures are too large for the memory as they are. */
    volatile boolean isReduced;

    /** What the next load ends with. */
    volatile Optional<AnswerException> refusal = Optional.empty();

    @Override
    public PictureAnswer classify(PictureQuestion question) {
        pictures.add(question);
        try {
            files.add(Files.readAllBytes(question.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refusal.ifPresent(
                e -> {
                    throw e;
                });
        return new PictureAnswer(
                CLASSIFIER,
                List.of(
                        new Score("nv", "Nốt ruồi", 0.75),
                        new Score("bcc", "Basal cell carcinoma", 0.15),
                        new Score("mel", "Melanoma", 0.1)),
                question.heatMap() == HeatMapForm.LAYER ? Optional.of(HEAT_MAP) : Optional.empty(),
                false,
                List.of(),
                isReduced ? Optional.of(new DecodedAt(4, 100, 80, 400, 320)) : Optional.empty(),
                0.1,
                false);
    }

    static short sample(int i) {
        return (short) (i * 7 - 30_000);
    }

    @Override
    public void speak(SpeechQuestion question, SoundParts sink) {
        texts.add(question);
        for (int from = 0; from < SAMPLES; from += 3000) {
            int to = Math.min(SAMPLES, from + 3000);
            ByteBuffer part = ByteBuffer.allocate(2 * (to - from)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = from; i < to; i++) {
                part.putShort(sample(i));
            }
            sink.accept(part.flip());
            refusal.ifPresent(
                    e -> {
                        throw e;
                    });
        }
    }

    @Override
    public List<ModelCard> models() {
        return List.of(
                new ModelCard(
                        CLASSIFIER,
                        ModelCard.Kind.PICTURES,
                        true,
                        "MIT",
                        1,
                        CLASSES,
                        List.of(
                                new ModelCard.Field("sex", List.of("female", "male")),
                                new ModelCard.Field("age", List.of())),
                        List.of(),
                        true,
                        0),
                new ModelCard(
                        VOICE,
                        ModelCard.Kind.SPEECH,
                        true,
                        "Apache-2.0",
                        1,
                        List.of(),
                        List.of(),
                        List.of("female-north"),
                        false,
                        0));
    }

    @Override
    public String version(String model) {
        return VERSION + "0".repeat(52);
    }

    @Override
    public void load(String model) {
        told.add("load " + model);
        refusal.ifPresent(
                e -> {
                    throw e;
                });
    }

    @Override
    public void unload(String model) {
        told.add("unload " + model);
    }

    @Override
    public void report(PictureQuestion question, ReportWish wish) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlanCard plan(String model) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
