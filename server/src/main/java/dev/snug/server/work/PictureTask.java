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
import java.nio.file.Path;
import java.util.Objects;
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
        reply.send(
                switch (name) {
                    case CLASSIFY -> answered(PictureWire.question(body));
                    case LoadWire.LOAD -> loaded(LoadWire.model(body));
                    default ->
                            throw new TaskException(
                                    WorkerException.Kind.BAD_REQUEST, "no request is " + name);
                });
    }

    private byte[] loaded(String model) {
        return LoadWire.encoded(Refusals.within(() -> classifier(model)));
    }

    private byte[] answered(PictureQuestion question) {
        try {
            return PictureWire.encoded(
                    classifier(Objects.requireNonNull(question.model())).answer(question));
        } catch (RuntimeException e) {
            Optional<AnswerException> refusal = Refusals.ofQuestion(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            return PictureWire.encoded(withoutNameOf(question.file(), refusal.get()));
        }
    }

    /** Who asked sent bytes: where they lie here is not theirs to know. */
    private static AnswerException withoutNameOf(Path file, AnswerException refusal) {
        String words = String.valueOf(refusal.getMessage());
        String said = words.replace(file + ": ", "").replace(file.toString(), "the picture");
        return new AnswerException(refusal.kind(), said, refusal);
    }

    private LoadedClassifier classifier(String model) {
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
