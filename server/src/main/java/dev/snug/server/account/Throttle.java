package dev.snug.server.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How long whoever failed to sign in must wait before the next try.
 *
 * <p>After {@link #FREE} failures the wait is 1 s, and each further one doubles it, up to {@link
 * #WAIT_MOST}; an hour after the last failure all is forgotten. Failures are counted by account and
 * by client, and the longer wait holds: one guesses many passwords of one account, the other one
 * password of many accounts. Clients of one /64 network of IPv6 count as one.
 *
 * <p>A try counts as failed before its password is looked at and is taken back when it was right,
 * so that many at once do not slip through together. The table holds {@link #ENTRIES_MOST} names,
 * the longest unused is forgotten first. For many threads.
 */
public final class Throttle {
    /** Failures that cost no wait. */
    public static final int FREE = 5;

    /** The longest wait. */
    public static final Duration WAIT_MOST = Duration.ofMinutes(15);

    /** Most accounts and clients that are remembered. */
    public static final int ENTRIES_MOST = 10_000;

    /** After which a last failure is forgotten. */
    static final Duration MEMORY = Duration.ofHours(1);

    private static final int NETWORK_BYTES = 8;

    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Failures> table = new Recent();

    /** A throttle by this clock. */
    public Throttle(InstantSource clock) {
        this.clock = clock;
    }

    /** How often in a row, and when last, in milliseconds. */
    private record Failures(int count, long lastMillis) {}

    /**
     * Counts a try.
     *
     * @return how long to wait before one may try; zero where it may be now, and only then it was
     *     counted
     */
    public Duration attempt(String account, InetAddress client) {
        String byAccount = keyOf(account);
        String byClient = keyOf(client);
        long now = clock.millis();
        turn.lock();
        try {
            long wait = Math.max(waitMillis(byAccount, now), waitMillis(byClient, now));
            if (wait == 0) {
                count(byAccount, now);
                count(byClient, now);
            }
            return Duration.ofMillis(wait);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Takes the try back, whose password was right. Of the client only this one: else one good
     * account would let it guess at all others.
     */
    public void succeeded(String account, InetAddress client) {
        turn.lock();
        try {
            table.remove(keyOf(account));
            takeBack(keyOf(client));
        } finally {
            turn.unlock();
        }
    }

    /** Takes a try back that was not decided: there was no time to look at its password. */
    public void undecided(String account, InetAddress client) {
        turn.lock();
        try {
            takeBack(keyOf(account));
            takeBack(keyOf(client));
        } finally {
            turn.unlock();
        }
    }

    /** The wait after {@code count} failures in a row. */
    static Duration waitAfter(int count) {
        if (count < FREE) {
            return Duration.ZERO;
        }
        int doublings = Math.min(count - FREE, 30);
        long seconds = Math.min(1L << doublings, WAIT_MOST.toSeconds());
        return Duration.ofSeconds(seconds);
    }

    private long waitMillis(String key, long now) {
        Failures failures = table.get(key);
        if (failures == null || isForgotten(failures, now)) {
            return 0;
        }
        return Math.max(0, failures.lastMillis + waitAfter(failures.count).toMillis() - now);
    }

    private void count(String key, long now) {
        Failures before = table.get(key);
        int count = before == null || isForgotten(before, now) ? 0 : before.count;
        table.put(key, new Failures(Math.min(count + 1, 1000), now));
    }

    private void takeBack(String key) {
        Failures failures = table.get(key);
        if (failures != null && failures.count > 1) {
            table.put(key, new Failures(failures.count - 1, failures.lastMillis));
        } else {
            table.remove(key);
        }
    }

    private static boolean isForgotten(Failures failures, long now) {
        return now - failures.lastMillis >= MEMORY.toMillis();
    }

    private static String keyOf(String account) {
        return "account " + account;
    }

    private static String keyOf(InetAddress client) {
        byte[] address = client.getAddress();
        int bytes = client instanceof Inet6Address ? NETWORK_BYTES : address.length;
        return HexFormat.of().formatHex(Arrays.copyOf(address, bytes));
    }

    /** Least recently used first. */
    private static final class Recent extends LinkedHashMap<String, Failures> {
        @java.io.Serial private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > ENTRIES_MOST;
        }
    }
}
