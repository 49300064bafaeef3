package dev.snug.bench.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Many pictures from several connections, and speech beside them. */
final class Load {
    private static final long SEED = 500;
    private static final int PROGRESS = 100;

    private final URI server;
    private final List<byte[]> pictures;
    private final Expected expected;

    Load(URI server, List<byte[]> pictures, Expected expected) {
        this.server = server;
        this.pictures = pictures;
        this.expected = expected;
    }

    /** What one connection does; it is given its requests' numbers one after the other. */
    @FunctionalInterface
    private interface Asking {
        void ask(Client client, int number) throws InterruptedException;
    }

    /** Each connection asks again as soon as it is answered; all at once at the start. */
    Tally closed(int connections, int requests) throws InterruptedException {
        Tally tally = new Tally();
        run(
                connections,
                requests,
                (client, number) -> ask(client, number, System.nanoTime(), tally));
        return tally;
    }

    /**
     * Requests arrive at random (exponential gaps, the same each time) {@code rate} times a second,
     * whatever the server does; one whose connections are all busy waits, and its time runs.
     */
    Tally open(int connections, int requests, double rate) throws InterruptedException {
        Tally tally = new Tally();
        long[] arrivals = arrivals(requests, rate);
        run(
                connections,
                requests,
                (client, number) -> {
                    long ahead = arrivals[number] - System.nanoTime();
                    if (ahead > 0) {
                        TimeUnit.NANOSECONDS.sleep(ahead);
                    }
                    ask(client, number, arrivals[number], tally);
                });
        return tally;
    }

    private static long[] arrivals(int requests, double rate) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        long[] arrivals = new long[requests];
        double seconds = 0.1;
        long now = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            arrivals[i] = now + (long) (seconds * 1e9);
            seconds += random.nextExponential() / rate;
        }
        return arrivals;
    }

    private void ask(Client client, int number, long sinceNanos, Tally tally)
            throws InterruptedException {
        Answer answer = client.picture(pictures.get(number % pictures.size()));
        tally.add(answer, sinceNanos, answer.isAnswered() && expected.isPicture(number, answer));
        if (number % PROGRESS == PROGRESS - 1) {
            System.err.printf("bench: %d requests: %s%n", number + 1, tally);
        }
    }

    private void run(int connections, int requests, Asking asking) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                running.add(
                        threads.submit(
                                () -> {
                                    try (Client client = new Client(server)) {
                                        for (int number = next.getAndIncrement();
                                                number < requests;
                                                number = next.getAndIncrement()) {
                                            asking.ask(client, number);
                                        }
                                        return null;
                                    }
                                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e);
        }
    }

    /** Speaks the same text again and again until {@code isOver}. */
    Tally speech(AtomicBoolean isOver) throws InterruptedException {
        Tally tally = new Tally();
        try (Client client = new Client(server)) {
            while (!isOver.get()) {
                long sinceNanos = System.nanoTime();
                Answer answer = client.speech(Bench.TEXT);
                tally.add(answer, sinceNanos, answer.isAnswered() && expected.isSound(answer));
                if (!answer.isAnswered()) {
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        }
        return tally;
    }
}
