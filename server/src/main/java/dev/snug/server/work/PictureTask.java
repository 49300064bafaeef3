package dev.snug.server.work;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.worker.Reply;
import dev.snug.runtime.worker.TaskException;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerTask;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.PictureQuestion;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/**
 * Classifies pictures in a worker. The model is loaded with the first question, stays for the next
 * ones, and is exchanged when another is asked for.
 */
public final class PictureTask implements WorkerTask {
    /** The request's name. */
    static final String CLASSIFY = "classify";

    private final WorkerSetup setup = WorkerSetup.ofThisProcess();
    private final BundleStore store = setup.store();
    private @Nullable LoadedClassifier loaded;

    @Override
    public void run(String name, byte[] body, Reply reply) throws IOException {
        if (!name.equals(CLASSIFY)) {
            throw new TaskException(WorkerException.Kind.BAD_REQUEST, "no request is " + name);
        }
        reply.send(answered(PictureWire.question(body)));
    }

    private byte[] answered(PictureQuestion question) {
        try {
            return PictureWire.encoded(classifier(question).answer(question));
        } catch (RuntimeException e) {
            Optional<AnswerException> refusal = Refusals.ofQuestion(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            return PictureWire.encoded(
                    Refusals.withoutNameOf(question.file(), "the picture", refusal.get()));
        }
    }

    private LoadedClassifier classifier(PictureQuestion question) {
        String model = java.util.Objects.requireNonNull(question.model());
        LoadedClassifier known = loaded;
        if (known != null && known.isOf(model)) {
            return known;
        }
        if (known != null) {
            loaded = null;
            known.close();
        }
        LoadedClassifier next = LoadedClassifier.open(store, model, setup);
        loaded = next;
        return next;
    }
}
