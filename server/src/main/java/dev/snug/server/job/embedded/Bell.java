package dev.snug.server.job.embedded;

/** Wakes who waits for work of this process. For many threads. */
final class Bell {
    private long rings;

    /** How often it rang; to be asked before looking for work, so that no ring is missed. */
    synchronized long rings() {
        return rings;
    }

    /** There may be work. */
    synchronized void ring() {
        rings++;
        notifyAll();
    }

    /** Waits until it rings for more than the {@code seen}-th time, or at most {@code nanos}. */
    synchronized void await(long seen, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; rings == seen && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
