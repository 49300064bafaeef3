package dev.snug.server.answer;

/**
 * The models of this machine, ahead of any question: which files they are, and whether a worker has
 * them in memory. From many threads at once.
 */
public interface LocalModels {
    /**
     * SHA-256 of a model's manifest, 64 hexadecimal digits: another one for every change of its
     * weights and settings.
     *
     * @throws AnswerException of kind {@code NOT_FOUND} when there is no such model
     */
    String version(String model);

    /**
     * Makes a model's worker ready for its first question; one that is loaded already stays.
     *
     * @throws AnswerException when it cannot be, of kind {@code TOO_LARGE} when it does not fit
     */
    void load(String model) throws InterruptedException;

    /**
     * Gives back what a worker holds for a model, after the questions that it answers now. Its next
     * question loads it again.
     *
     * @throws AnswerException of kind {@code NOT_FOUND} when there is no such model
     */
    void unload(String model) throws InterruptedException;
}
