package dev.snug.runtime.session;

/**
 * How a session loads its weights and computes; each value costs or saves bytes.
 *
 * @param threads threads of one operator; 0 means one per core
 * @param interOpThreads operators at once; 0 means one per core, 1 one after the other
 * @param optimization how much of the graph ONNX Runtime rewrites at load
 * @param weightsMapped weights stay clean pages of the mapped file instead of being copied into
 *     operator-specific layouts (prepacking off)
 * @param arena keeps freed activations for the next run instead of returning them
 * @param spinning idle threads burn CPU to answer sooner
 * @param placement where it computes
 */
public record SessionSettings(
        int threads,
        int interOpThreads,
        Optimization optimization,
        boolean weightsMapped,
        boolean arena,
        boolean spinning,
        Placement placement) {

    /** Graph rewriting at load, from none to layouts of this machine's instruction set. */
    public enum Optimization {
        NONE,
        BASIC,
        EXTENDED,
        ALL
    }

    /**
     * One thread per physical request at most: small hosts have one or two cores, and the second
     * thread costs a stack and an allocator cache.
     */
    public static final int THREADS_DEFAULT = 1;

    /** More threads than any machine Snug targets has; bounds what a flag can ask for. */
    public static final int THREADS_MAX = 256;

    /**
     * The smallest resident set: the graph was optimised when it was imported, so nothing is
     * rewritten, copied or kept.
     */
    public static final SessionSettings MAPPED =
            new SessionSettings(THREADS_DEFAULT, 1, Optimization.NONE, true, false, false);

    /** For graphs that run once, such as a folded part or a test: nothing is worth preparing. */
    public static final SessionSettings ONCE =
            new SessionSettings(THREADS_DEFAULT, 1, Optimization.BASIC, true, false, false);

    /** On the processor. */
    public SessionSettings(
            int threads,
            int interOpThreads,
            Optimization optimization,
            boolean weightsMapped,
            boolean arena,
            boolean spinning) {
        this(threads, interOpThreads, optimization, weightsMapped, arena, spinning, Placement.CPU);
    }

    public SessionSettings {
        if (threads < 0 || threads > THREADS_MAX) {
            throw new IllegalArgumentException(
                    "threads must be 0 to " + THREADS_MAX + ", not " + threads);
        }
        if (interOpThreads < 0 || interOpThreads > THREADS_MAX) {
            throw new IllegalArgumentException(
                    "inter-op-threads must be 0 to " + THREADS_MAX + ", not " + interOpThreads);
        }
    }

    /** The same threads for a graph that runs once or twice: nothing is prepared or kept. */
    public SessionSettings once() {
        return new SessionSettings(
                threads, interOpThreads, Optimization.NONE, true, false, spinning, placement);
    }

    /** The same settings with another number of threads. */
    public SessionSettings withThreads(int newThreads) {
        return new SessionSettings(
                newThreads,
                interOpThreads,
                optimization,
                weightsMapped,
                arena,
                spinning,
                placement);
    }

    /** The same settings with an arena, or without. */
    public SessionSettings withArena(boolean newArena) {
        return new SessionSettings(
                threads,
                interOpThreads,
                optimization,
                weightsMapped,
                newArena,
                spinning,
                placement);
    }

    /** The same settings with weights left in their file, or copied at load. */
    public SessionSettings withWeightsMapped(boolean isMapped) {
        return new SessionSettings(
                threads, interOpThreads, optimization, isMapped, arena, spinning, placement);
    }

    /** The same settings elsewhere. */
    public SessionSettings withPlacement(Placement newPlacement) {
        return new SessionSettings(
                threads,
                interOpThreads,
                optimization,
                weightsMapped,
                arena,
                spinning,
                newPlacement);
    }
}
