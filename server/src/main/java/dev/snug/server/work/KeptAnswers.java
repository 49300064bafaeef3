package dev.snug.server.work;

import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.cache.AnswerCache;
import dev.snug.server.cache.CachedAnswer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * Answers of pictures that were seen before come from the cache: by the picture's checksum, the
 * model's, and all that was asked. Overlays are never kept, because they show the picture.
 */
public final class KeptAnswers implements Answering {
    /** Another one where answers of an older Snug are not to be given any more. */
    private static final String GENERATION = "1";

    private final LocalAnswering answering;
    private final AnswerCache cache;

    /** The answers of {@code answering}, as far as {@code cache} does not have them. */
    public KeptAnswers(LocalAnswering answering, AnswerCache cache) {
        this.answering = answering;
        this.cache = cache;
    }

    @Override
    public PictureAnswer classify(PictureQuestion question) throws InterruptedException {
        if (!cache.isOn() || question.heatMap() == HeatMapForm.OVERLAY) {
            return answering.classify(question);
        }
        byte[] key = key(question, answering.version(question));
        Optional<CachedAnswer> kept = cache.find(key);
        if (kept.isPresent()) {
            return PictureWire.kept(kept.get().json(), kept.get().png());
        }
        PictureAnswer answer = answering.classify(question);
        cache.keep(key, new CachedAnswer(PictureWire.json(answer), answer.heatMap().orElse(null)));
        return answer;
    }

    /** Each part behind its length, so that no two questions have the same text. */
    private static byte[] key(PictureQuestion question, String version) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part :
                    new Object[] {
                        GENERATION,
                        question.sha256(),
                        version,
                        question.heatMap(),
                        question.explainedClass(),
                        question.colours(),
                        question.sex(),
                        question.location(),
                        question.ageYears(),
                        question.isChecked()
                    }) {
                byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
                digest.update(
                        (text.length + (part == null ? "-" : "+"))
                                .getBytes(StandardCharsets.US_ASCII));
                digest.update(text);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Never kept: it shows the picture, and the time. */
    @Override
    public void report(PictureQuestion question, ReportWish wish) throws InterruptedException {
        answering.report(question, wish);
    }

    @Override
    public void speak(SpeechQuestion question, SoundParts sink) throws InterruptedException {
        answering.speak(question, sink);
    }

    @Override
    public List<ModelCard> models() {
        return answering.models();
    }

    @Override
    public PlanCard plan(String model) throws InterruptedException {
        return answering.plan(model);
    }

    @Override
    public void close() {
        answering.close();
        cache.close();
    }
}
