package dev.snug.runtime.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The last {@link #BYTES_MAX} bytes that a process printed. They are read all the time, so that a
 * talkative process never waits for a full pipe, and are evidence only: nothing is decided by them
 * but how a crash is named.
 */
final class OutputTail {
    /** The JVM's report of a crash or of missing memory takes about 1 KiB. */
    static final int BYTES_MAX = 4 << 10;

    private static final int LINE_CHARS_MAX = 200;

    private final byte[] ring = new byte[BYTES_MAX];
    private final Thread reader;
    private long total;

    /** Begins to read {@code in}, on a thread that ends with it. */
    OutputTail(InputStream in) {
        this.reader = new Thread(() -> drain(in), "worker-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void drain(InputStream in) {
        byte[] buffer = new byte[1 << 10];
        try (in) {
            int count;
            while ((count = in.read(buffer)) >= 0) {
                keep(buffer, count);
            }
        } catch (IOException e) {
            // The pipe ended with its process: what was read stays.
            return;
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) (total++ % BYTES_MAX)] = bytes[i];
        }
    }

    /** The text so far; after the process has ended, all of it, if it comes within the time. */
    String text(long waitMillis) {
        try {
            reader.join(waitMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            int length = (int) Math.min(total, BYTES_MAX);
            byte[] ordered = new byte[length];
            for (int i = 0; i < length; i++) {
                ordered[i] = ring[(int) ((total - length + i) % BYTES_MAX)];
            }
            return new String(ordered, StandardCharsets.UTF_8);
        }
    }

    /** The last two lines of {@code text} that say something, fit for one line of a message. */
    static String lastWords(String text) {
        var lines =
                text.lines()
                        .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                        .filter(line -> !line.isEmpty() && !line.equals("#"))
                        .toList();
        return lines.subList(Math.max(0, lines.size() - 2), lines.size()).stream()
                .map(line -> line.substring(0, Math.min(line.length(), LINE_CHARS_MAX)))
                .collect(Collectors.joining(" / "));
    }
}
