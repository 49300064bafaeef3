package dev.snug.server.answer;

import java.util.List;

/**
 * Whatever answers: workers of this machine, or another Snug. From many threads at once; a thread
 * that is interrupted gives its question up, and the work for it ends within one step.
 */
public interface Answering extends AutoCloseable {
    /**
     * Says what is on a picture.
     *
     * @throws AnswerException when there is no answer
     */
    PictureAnswer classify(PictureQuestion question) throws InterruptedException;

    /**
     * Says what is on a picture on a page of PDF, whose file {@code wish} names; there is none when
     * this fails. The map of {@code question} stands on it whatever its form.
     *
     * @throws AnswerException when there is no answer, as {@link #classify}
     */
    void report(PictureQuestion question, ReportWish wish) throws InterruptedException;

    /**
     * Speaks into {@code sink} as it is made.
     *
     * @throws AnswerException when there is no answer, or none to its end
     */
    void speak(SpeechQuestion question, SoundParts sink) throws InterruptedException;

    /** The models there are, those that answer by default first. */
    List<ModelCard> models();

    /**
     * The plan of a model under this server's limit.
     *
     * @throws AnswerException of kind {@code NOT_FOUND} when there is no such model
     */
    PlanCard plan(String model) throws InterruptedException;

    /** Ends what runs, and the workers. */
    @Override
    void close();
}
