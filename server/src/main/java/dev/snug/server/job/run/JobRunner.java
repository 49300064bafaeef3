package dev.snug.server.job.run;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.JobQuestion;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Line;
import dev.snug.server.job.Task;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes items of jobs that this server can do and has them done, one of a kind at a time: whoever
 * waits for an answer meanwhile waits for one picture or one chunk at the most.
 *
 * <p>Where both kinds of work fit into memory, each has a thread. Where they take turns, one thread
 * does them turn by turn: each change of the kind ends a worker and starts another.
 */
public final class JobRunner implements AutoCloseable {
    /** How long one kind is worked on where they take turns; starting a worker takes 1 to 2 s. */
    private static final Duration KIND_TURN = Duration.ofSeconds(30);

    /** How long a text is worked on while others wait; going on with a book means reading it. */
    private static final Duration TEXT_TURN = Duration.ofSeconds(60);

    /** How long a look into an empty queue lasts; models that are new count at the next one. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration PAUSE_FIRST = Duration.ofMillis(250);
    private static final Duration TIDYING = Duration.ofMinutes(1);

    /** A worker that does not notice its cancellation is killed after 2 s. */
    private static final Duration END_MOST = Duration.ofSeconds(4);

    private final JobStore store;
    private final Workplace workplace;
    private final PatientStore patient;
    private final KnownLines lines;
    private final Working working;
    private final Duration ttl;
    private final Consumer<String> log;
    private final List<Thread> threads = new ArrayList<>();
    private boolean isStopped;

    /**
     * Works for {@code store}; nothing is taken before {@link #start}.
     *
     * @param reading of what an order asks
     * @param ttl after which a job that is over is forgotten
     * @param log takes a line about what goes wrong
     */
    public JobRunner(
            JobStore store,
            Workplace workplace,
            Function<byte[], JobQuestion> reading,
            JobMeter meter,
            Duration ttl,
            Consumer<String> log) {
        this.store = store;
        this.workplace = workplace;
        this.patient = new PatientStore(log);
        this.lines = new KnownLines(workplace::lines, System::nanoTime);
        this.working = new Working(store, patient, workplace, reading, lines, meter, log);
        this.ttl = ttl;
        this.log = log;
    }

    /** Begins, in threads of its own. */
    public void start() {
        run("jobs-tidying", this::tidy);
        run("jobs", this::begin);
    }

    /** Something that goes on until its thread is interrupted. */
    @FunctionalInterface
    private interface Endless {
        void run() throws InterruptedException;
    }

    private void run(String name, Endless work) {
        synchronized (threads) {
            if (!isStopped) {
                threads.add(Thread.ofVirtual().name(name).start(() -> untilInterrupted(work)));
            }
        }
    }

    private static void untilInterrupted(Endless work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            // Only stop() interrupts: this is the thread's end.
            Thread.currentThread().interrupt();
        }
    }

    private void begin() throws InterruptedException {
        if (isInTurns()) {
            serve(EnumSet.allOf(Kind.class));
            return;
        }
        for (Kind kind : Kind.values()) {
            run("jobs-" + kind.word(), () -> serve(EnumSet.of(kind)));
        }
    }

    private boolean isInTurns() throws InterruptedException {
        Duration pause = PAUSE_FIRST;
        while (true) {
            try {
                return workplace.isInTurns();
            } catch (AnswerException e) {
                // Who asks a question hears why; jobs wait until the server can answer.
                Thread.sleep(pause);
                pause = PatientStore.longer(pause);
            }
        }
    }

    /** Works on these kinds in this thread, turn by turn. */
    private void serve(Set<Kind> kinds) throws InterruptedException {
        @Nullable Kind last = null;
        while (!Thread.currentThread().isInterrupted()) {
            Optional<Task> first = first(kinds, last);
            if (first.isPresent()) {
                last = first.get().order().line().kind();
                turn(first.get(), last, kinds.size() > 1);
            }
        }
    }

    /** The first item of a turn; kinds that had none are asked before the last one. */
    private Optional<Task> first(Set<Kind> kinds, @Nullable Kind last) throws InterruptedException {
        if (last != null && kinds.size() > 1) {
            Set<Kind> others = EnumSet.copyOf(kinds);
            others.remove(last);
            Optional<Task> task = taken(others, Duration.ZERO);
            if (task.isPresent()) {
                return task;
            }
        }
        return taken(kinds, PATIENCE);
    }

    private void turn(Task first, Kind kind, boolean isShared) throws InterruptedException {
        long end = System.nanoTime() + KIND_TURN.toNanos();
        Duration pause = PAUSE_FIRST;
        Optional<Task> task = Optional.of(first);
        while (task.isPresent()) {
            if (working.done(task.get(), isShared ? KIND_TURN : TEXT_TURN)) {
                pause = PAUSE_FIRST;
            } else {
                Thread.sleep(pause);
                pause = PatientStore.longer(pause);
            }
            boolean isOver = System.nanoTime() - end >= 0;
            task = isOver ? Optional.empty() : taken(EnumSet.of(kind), Duration.ZERO);
        }
    }

    private Optional<Task> taken(Set<Kind> kinds, Duration patience) throws InterruptedException {
        try {
            Set<Line> known = lines.of(kinds);
            if (known.isEmpty()) {
                Thread.sleep(patience);
                return Optional.empty();
            }
            return patient.insist(() -> store.take(known, patience));
        } catch (IOException | RuntimeException e) {
            log.accept("jobs: nothing can be taken: " + e);
            Thread.sleep(PATIENCE);
            return Optional.empty();
        }
    }

    /** Forgets what is old. */
    private void tidy() throws InterruptedException {
        while (true) {
            try {
                patient.insist(() -> store.forget(Instant.now().minus(ttl)));
            } catch (IOException | RuntimeException e) {
                log.accept("jobs: old ones cannot be removed: " + e);
            }
            Thread.sleep(TIDYING);
        }
    }

    /** Takes nothing more, and gives back what it holds; returns at once. */
    public void stop() {
        synchronized (threads) {
            isStopped = true;
            threads.forEach(Thread::interrupt);
        }
    }

    /** Stops, and waits until everything is given back. */
    @Override
    public void close() {
        stop();
        long end = System.nanoTime() + END_MOST.toNanos();
        List<Thread> ending;
        synchronized (threads) {
            ending = List.copyOf(threads);
        }
        try {
            for (Thread thread : ending) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
