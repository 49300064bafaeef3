package dev.snug.server.work;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.worker.Reply;
import dev.snug.runtime.worker.TaskException;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerTask;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Classifies pictures in a worker. The model is loaded with the first question, stays for the next
 * ones, and is exchanged when another is asked for.
 */
public final class PictureTask implements WorkerTask {
    /** The request's name. */
    static final String CLASSIFY = "classify";

    /** The name of a request for a report. */
    static final String REPORT = "report";

    private final WorkerSetup setup = WorkerSetup.ofThisProcess();
    private final BundleStore store = setup.store();
    private @Nullable LoadedClassifier loaded;

    /** Whether a report was asked for: the code for it is then there until this process ends. */
    private boolean hasReported;

    @Override
    public void run(String name, byte[] body, Reply reply) throws IOException {
        switch (name) {
            case CLASSIFY -> {
                PictureQuestion question = PictureWire.question(body);
                reply.send(answered(question, each -> each.answer(question)));
            }
            case REPORT -> {
                ReportWire wish = ReportWire.of(body);
                PictureQuestion question = wish.question();
                reply.send(answered(question, each -> each.report(question, wish.wish())));
                hasReported = true;
            }
            case LoadWire.LOAD -> reply.send(loaded(LoadWire.model(body)));
            default ->
                    throw new TaskException(
                            WorkerException.Kind.BAD_REQUEST, "no request is " + name);
        }
    }

    private byte[] loaded(String model) {
        return LoadWire.encoded(Refusals.within(() -> classifier(model)));
    }

    private byte[] answered(
            PictureQuestion question, Function<LoadedClassifier, PictureAnswer> work) {
        try {
            return PictureWire.encoded(
                    work.apply(classifier(Objects.requireNonNull(question.model()))));
        } catch (RuntimeException e) {
            Optional<AnswerException> refusal = Refusals.ofQuestion(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            return PictureWire.encoded(
                    Refusals.withoutNameOf(question.file(), "the picture", refusal.get()));
        }
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
        LoadedClassifier next = LoadedClassifier.open(store, model, setup, hasReported);
        loaded = next;
        return next;
    }
}
