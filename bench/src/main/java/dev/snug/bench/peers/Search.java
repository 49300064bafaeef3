package dev.snug.bench.peers;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The search for the smallest hard limit under which a row still does its job. A run that takes too
 * long, or too much CPU, does not count: it may end some day, but nobody waits.
 *
 * <p>It begins between the anonymous pages of a run without a limit, which the kernel cannot take
 * away without swap, and all that such a run was charged. Snug is first tried at what its own plan
 * needs; less it refuses.
 */
final class Search {
    /** Seconds that a run under a limit may take. */
    static final double TIMEOUT_SECONDS = 120;

    /** It may take this many times its time without a limit, if that is less. */
    private static final double WALL_RATIO_MAX = 10;

    private static final double TIMEOUT_SECONDS_MIN = 20;

    /** It may take this many times its CPU seconds without a limit. */
    static final double CPU_RATIO_MAX = 4;

    /** What a limit may cost that is still a good place to be. */
    static final double CPU_RATIO_GOOD = 1.5;

    /** The command's words for what its plan needs. */
    private static final Pattern NEEDED = Pattern.compile("--memory (\\d+)MiB");

    /** Too little for any model. */
    private static final int ASKED_MIB = 16;

    private final Runner runner;
    private final Progress progress;

    /**
     * What was found.
     *
     * @param smallestMib the smallest limit
     * @param cpuRatio CPU seconds under it against those without
     * @param goodMib for Snug the smallest at no more than {@link #CPU_RATIO_GOOD}
     * @param goodRatio CPU ratio at that one
     */
    record Found(int smallestMib, double cpuRatio, OptionalInt goodMib, double goodRatio) {}

    Search(Runner runner, Progress progress) {
        this.runner = runner;
        this.progress = progress;
    }

    /** Empty when the job does not end even under all that it takes without a limit. */
    Optional<Found> of(Peer peer) throws IOException, InterruptedException {
        Kind kind = peer.kind();
        Took free = runner.free(peer, "free", kind.limited);
        int step = kind.limitStepMib;
        int highest = Math.ceilDiv((int) Math.ceil(free.chargedMib()), step) * step;
        OptionalInt first = OptionalInt.empty();
        int lowest = Math.min((int) free.anonMib() / step * step, highest - 1);
        if (peer.role() == Peer.Role.PLANNING) {
            int needed = needed(peer);
            lowest = needed - 1;
            highest = Math.max(highest, needed + step);
            first = OptionalInt.of(needed);
        }
        int smallest =
                smallest(peer, free, new Bisection(lowest, highest, step, first), CPU_RATIO_MAX);
        Took at = run(peer, free, smallest);
        if (!ends(at, free, CPU_RATIO_MAX)) {
            return Optional.empty();
        }
        double ratio = at.cpuSeconds() / free.cpuSeconds();
        if (peer.role() != Peer.Role.PLANNING) {
            return Optional.of(new Found(smallest, ratio, OptionalInt.empty(), 0));
        }
        int good = smallest;
        if (ratio > CPU_RATIO_GOOD && smallest < highest) {
            Bisection search = new Bisection(smallest, highest, step, OptionalInt.empty());
            good = smallest(peer, free, search, CPU_RATIO_GOOD);
        }
        Took there = run(peer, free, good);
        return Optional.of(
                new Found(
                        smallest,
                        ratio,
                        ends(there, free, CPU_RATIO_GOOD)
                                ? OptionalInt.of(good)
                                : OptionalInt.empty(),
                        there.cpuSeconds() / free.cpuSeconds()));
    }

    private int smallest(Peer peer, Took free, Bisection search, double ratioMax)
            throws IOException, InterruptedException {
        for (OptionalInt limit = search.next(); limit.isPresent(); limit = search.next()) {
            int limitMib = limit.getAsInt();
            search.tell(limitMib, ends(run(peer, free, limitMib), free, ratioMax));
        }
        return search.smallest();
    }

    private Took run(Peer peer, Took free, int limitMib) throws IOException, InterruptedException {
        double timeout =
                Math.clamp(
                        WALL_RATIO_MAX * free.wallSeconds(), TIMEOUT_SECONDS_MIN, TIMEOUT_SECONDS);
        Took took = runner.limited(peer, limitMib, timeout);
        progress.limited(peer, limitMib, took, took.cpuSeconds() / free.cpuSeconds());
        return took;
    }

    /** Whether a run counts as one that did the job. */
    static boolean ends(Took took, Took free, double ratioMax) {
        return took.isAnswered() && took.cpuSeconds() <= ratioMax * free.cpuSeconds();
    }

    /** What the command says that the job needs when it is asked to keep to very little. */
    private int needed(Peer peer) throws IOException, InterruptedException {
        String refusal = runner.refusal(peer, ASKED_MIB);
        Matcher needed = NEEDED.matcher(refusal);
        if (!needed.find()) {
            throw new IllegalStateException(peer.title() + " was not refused: " + refusal);
        }
        return Integer.parseInt(needed.group(1));
    }
}
