package dev.snug.server.work;

import dev.snug.runtime.worker.PoolSettings;
import dev.snug.runtime.worker.Request;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerSettings;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ProviderCard;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.settings.ServerSettings;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The workers of this machine: what they share is found out when somebody first asks, and nothing
 * is loaded before.
 */
final class Workforce implements AutoCloseable {
    /** Plans that are remembered; a server has a few models. */
    private static final int PLANS_MAX = 64;

    private final ServerSettings settings;
    private final WorkerSetup setup;
    private final ModelShelf shelf;
    private final Planning planning;
    private final Map<String, PlanCard> plans = new HashMap<>();
    private final Map<Kind, String> asked = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable WorkerPools pools;
    private volatile @Nullable ProviderCard provider;
    private boolean closed;

    Workforce(ServerSettings settings, WorkerSetup setup, ModelShelf shelf) {
        this.settings = settings;
        this.setup = setup;
        this.shelf = shelf;
        this.planning = new Planning(setup);
    }

    /**
     * Has the worker of this kind do something with a model.
     *
     * @throws AnswerException when it is not done
     */
    void run(Kind kind, String model, String name, byte[] body, SoundParts sink)
            throws InterruptedException {
        asked.put(kind, model);
        run(kind, Request.of(name, body, settings.deadline()), sink);
    }

    /** The same for work that nobody waits for: each step of it may take longer. */
    void runSteps(Kind kind, String model, String name, byte[] body, SoundParts sink)
            throws InterruptedException {
        asked.put(kind, model);
        run(kind, Request.of(name, body, settings.jobStep()), sink);
    }

    /** Has a worker of this kind do something that no model is opened for. */
    void run(Kind kind, String name, byte[] body, SoundParts sink) throws InterruptedException {
        run(kind, Request.of(name, body, settings.deadline()), sink);
    }

    private void run(Kind kind, Request request, SoundParts sink) throws InterruptedException {
        try {
            pools().run(kind, request, sink::accept);
        } catch (WorkerException e) {
            throw Refusals.ofWorker(e);
        }
    }

    /** Ends the worker of this kind if this model is the one that it has. */
    void unload(Kind kind, String model) throws InterruptedException {
        WorkerPools known = pools;
        if (known != null) {
            // A worker has one model at a time: where another was asked for since, this one
            // leaves for it.
            known.end(kind, () -> model.equals(asked.get(kind)));
        }
    }

    /** Whether somebody waits for the worker of {@code kind}. */
    boolean isAwaited(Kind kind) {
        WorkerPools known = pools;
        return known != null && known.isAwaited(kind);
    }

    /** Whether the kinds of work take turns, because there is room for one worker only. */
    boolean isInTurns() throws InterruptedException {
        return pools().isInTurns();
    }

    /**
     * The plan of a model that is there.
     *
     * @throws AnswerException when it cannot be made
     */
    PlanCard plan(String model) throws InterruptedException {
        Kind kind = shelf.kindOf(model);
        String key = planKey(model);
        long share = pools().shareBytes(kind);
        lock.lockInterruptibly();
        try {
            PlanCard known = plans.get(key);
            if (known == null) {
                known = planning.plan(model, share);
                remember(known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Another one for every change of the model. */
    private String planKey(String model) {
        return model + ' ' + shelf.version(model);
    }

    private void remember(PlanCard plan) {
        if (plans.size() >= PLANS_MAX) {
            plans.clear();
        }
        plans.put(planKey(plan.model()), plan);
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
            Survey survey = planning.survey(shelf.standards());
            survey.plans().forEach(this::remember);
            provider = survey.provider();
            WorkerPools made =
                    new WorkerPools(
                            survey.sharing(),
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
        WorkerSetup own = setup.withLimit(made.shareBytes(kind));
        return WorkerPools.starting(
                kind == Kind.PICTURES ? PictureTask.class : SpeechTask.class,
                own,
                shelf.largestBytes(kind));
    }

    /**
     * Finds the shares out now rather than with the first question, which then waits for less; what
     * goes wrong is told to who asks.
     */
    void prepare() throws InterruptedException {
        try {
            pools();
        } catch (AnswerException _) {
            // The first question tries again, and hears why.
        }
    }

    /** What the workers do now, for those who look at memory; empty before the first question. */
    Optional<WorkersView> view() {
        // Not behind the lock: a plan that takes long must not stop who wants to see why.
        WorkerPools known = pools;
        return known == null ? Optional.empty() : Optional.of(WorkersView.of(known));
    }

    /** What computes, as it was when the shares were found out; empty before. */
    Optional<ProviderCard> provider() {
        return Optional.ofNullable(provider);
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
