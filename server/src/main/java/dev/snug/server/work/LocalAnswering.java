package dev.snug.server.work;

import dev.snug.runtime.plan.HeapShare;
import dev.snug.runtime.worker.PoolSettings;
import dev.snug.runtime.worker.Request;
import dev.snug.runtime.worker.Worker;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerSettings;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.settings.HeatMaps;
import dev.snug.server.settings.ServerSettings;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Answers with workers of this machine; nothing is planned or loaded before the first question. */
public final class LocalAnswering implements Answering {
    /** An answer without its picture: 50,000 scores and their names. */
    private static final int ANSWER_BYTES_MAX = PictureAnswer.HEAT_MAP_BYTES_MAX + (6 << 20);

    /** Looking at the largest graphs takes some seconds on a slow machine. */
    private static final Duration PLANNING = Duration.ofSeconds(60);

    /** Heap of a process that plans; the graphs of F5-TTS take 10 MiB. */
    private static final long PLANNING_BYTES = 160L << 20;

    private static final int PLAN_BYTES_MAX = 64 << 10;

    private final ServerSettings settings;
    private final WorkerSetup setup;
    private final ModelShelf shelf;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable WorkerPools pools;
    private boolean closed;

    /**
     * Answers from the models in {@code home} and {@code shipped}.
     *
     * @param limitBytes of front and workers together
     */
    public LocalAnswering(
            ServerSettings settings, Path home, Optional<Path> shipped, long limitBytes) {
        this.settings = settings;
        this.setup = new WorkerSetup(home, shipped, limitBytes, settings.heatMaps());
        this.shelf = new ModelShelf(setup.store(), home, settings);
    }

    @Override
    public PictureAnswer classify(PictureQuestion question) throws InterruptedException {
        if (question.heatMap() != HeatMapForm.NONE && settings.heatMaps() == HeatMaps.OFF) {
            throw new AnswerException(
                    AnswerException.Kind.HEATMAP_OFF,
                    "heat maps are switched off on this server (SNUG_HEATMAP=off); ask without"
                            + " one");
        }
        String model = shelf.required(Kind.PICTURES, question.model());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        run(
                Kind.PICTURES,
                PictureTask.CLASSIFY,
                PictureWire.encoded(question, model),
                part -> collect(part, answer));
        return PictureWire.answer(answer.toByteArray());
    }

    private static void collect(ByteBuffer part, ByteArrayOutputStream answer) {
        if (part.remaining() > ANSWER_BYTES_MAX - answer.size()) {
            throw new AnswerException(
                    AnswerException.Kind.FAILED,
                    "a worker's answer is longer than %d bytes".formatted(ANSWER_BYTES_MAX));
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        answer.writeBytes(bytes);
    }

    @Override
    public void speak(SpeechQuestion question, SoundParts sink) throws InterruptedException {
        String model = shelf.required(Kind.SPEECH, question.model());
        SpeechWire.Reader reader = new SpeechWire.Reader(sink);
        run(Kind.SPEECH, SpeechTask.SPEAK, SpeechWire.encoded(question, model), reader::accept);
    }

    private void run(Kind kind, String name, byte[] body, SoundParts sink)
            throws InterruptedException {
        Request request = Request.of(name, body, settings.deadline());
        try {
            pools().run(kind, request, sink::accept);
        } catch (WorkerException e) {
            throw Refusals.ofWorker(e);
        }
    }

    @Override
    public List<ModelCard> models() {
        return shelf.cards();
    }

    /** Names the exact weights and settings of the model that answers {@code question}. */
    public String version(PictureQuestion question) {
        String model = shelf.required(Kind.PICTURES, question.model());
        return model + ' ' + shelf.version(model);
    }

    @Override
    public PlanCard plan(String model) throws InterruptedException {
        Kind kind = shelf.kindOf(model);
        return planned(model, pools().shareBytes(kind));
    }

    private PlanCard planned(String model, long limitBytes) throws InterruptedException {
        WorkerSetup planning =
                new WorkerSetup(setup.home(), setup.shipped(), limitBytes, setup.heatMaps());
        WorkerSettings start =
                WorkerSettings.of(PlanTask.class, HeapShare.of(PLANNING_BYTES))
                        .withOptions(planning.options());
        ByteArrayOutputStream card = new ByteArrayOutputStream();
        byte[] name = model.getBytes(StandardCharsets.UTF_8);
        try (Worker worker = Worker.start(start)) {
            worker.run(
                    Request.of("plan", name, PLANNING),
                    part -> {
                        if (part.remaining() <= PLAN_BYTES_MAX - card.size()) {
                            collect(part, card);
                        }
                    });
        } catch (WorkerException e) {
            throw Refusals.ofWorker(e);
        }
        return CardWire.card(card.toByteArray(), "the plan of " + model);
    }

    /**
     * The pools, whose shares are found out once: it takes a process and some tenths of a second.
     */
    private WorkerPools pools() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            WorkerPools known = pools;
            if (known != null) {
                return known;
            }
            if (closed) {
                throw new AnswerException(AnswerException.Kind.BUSY, "the server is about to end");
            }
            WorkerPools made =
                    new WorkerPools(
                            Sharing.of(setup.limitBytes(), needs()),
                            new PoolSettings(
                                    1,
                                    Math.max(1, settings.queue()),
                                    settings.recycle(),
                                    PoolSettings.DRIFT_BYTES_DEFAULT,
                                    settings.keepAlive()),
                            this::starting);
            pools = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    private WorkerSettings starting(Kind kind) {
        WorkerPools made = java.util.Objects.requireNonNull(pools);
        WorkerSetup own =
                new WorkerSetup(
                        setup.home(), setup.shipped(), made.shareBytes(kind), setup.heatMaps());
        return WorkerPools.starting(
                kind == Kind.PICTURES ? PictureTask.class : SpeechTask.class,
                own,
                setup.largestModelBytes());
    }

    /** What the models that answer by default need of the room beside the front. */
    private Map<Kind, Need> needs() throws InterruptedException {
        Map<Kind, Need> needs = new EnumMap<>(Kind.class);
        long room = Math.max(0, setup.limitBytes() - Sharing.FRONT_BYTES);
        for (Kind kind : Kind.values()) {
            // A kind without a model of its own may still be asked for one by name.
            needs.put(kind, new Need(0, 0));
        }
        for (String model : shelf.standards()) {
            PlanCard card = planned(model, room);
            needs.put(
                    shelf.kindOf(model),
                    new Need(
                            card.smallestBytes(),
                            Math.max(card.smallestBytes(), card.peakBytes())));
        }
        return needs;
    }

    /** What the workers do now, for those who look at memory; empty before the first question. */
    public Optional<WorkersView> view() {
        // Not behind the lock: a plan that takes long must not stop who wants to see why.
        WorkerPools known = pools;
        return known == null ? Optional.empty() : Optional.of(WorkersView.of(known));
    }

    @Override
    public void close() {
        WorkerPools open;
        lock.lock();
        try {
            closed = true;
            open = pools;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.close();
        }
    }
}
