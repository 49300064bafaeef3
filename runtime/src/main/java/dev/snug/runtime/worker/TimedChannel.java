package dev.snug.runtime.worker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The parent's end of the connection: every wait is bounded and can be interrupted, and leaves the
 * connection as it was. Waits are charged to an allowance; the time between two calls is not.
 */
final class TimedChannel implements Transport, AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private long leftNanos;
    private boolean interrupted;

    TimedChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, 0);
    }

    /** From here on all waits together may take {@code time}. */
    void allow(Duration time) {
        leftNanos = time.toNanos();
    }

    /**
     * Reads.
     *
     * @throws InterruptedByTimeoutException when the allowance is spent
     * @throws InterruptedIOException when the thread is interrupted between two frames; its flag is
     *     cleared. Within a frame the interruption waits for the end of the frame
     */
    @Override
    public int read(ByteBuffer bytes) throws IOException {
        boolean between = bytes.position() == 0;
        heedInterruption(between);
        int count = channel.read(bytes);
        while (count == 0 && bytes.hasRemaining()) {
            await(SelectionKey.OP_READ, between);
            count = channel.read(bytes);
        }
        return count;
    }

    /** Writes; throws as {@link #read}. */
    @Override
    public void write(ByteBuffer bytes) throws IOException {
        heedInterruption(bytes.position() == 0);
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE, bytes.position() == 0);
            }
        }
    }

    private void await(int operation, boolean between) throws IOException {
        if (leftNanos <= 0) {
            throw new InterruptedByTimeoutException();
        }
        long start = System.nanoTime();
        key.interestOps(operation);
        selector.select(leftNanos / NANOS_PER_MILLI + 1);
        selector.selectedKeys().clear();
        leftNanos -= System.nanoTime() - start;
        heedInterruption(between);
    }

    /** A selector does not wait in an interrupted thread: the flag is kept here until it counts. */
    private void heedInterruption(boolean between) throws InterruptedIOException {
        interrupted |= Thread.interrupted();
        if (between && interrupted) {
            interrupted = false;
            throw new InterruptedIOException("interrupted while a worker was busy");
        }
    }

    /** Gives the thread its flag back, if an interruption came too late to stop anything. */
    void restoreInterruption() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
