package dev.snug.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of some processes, summed, in bytes.
 *
 * @param pss proportional set size: a page that several map counts for each by its part (proc(5))
 * @param anon resident pages of no file
 * @param file resident pages of mapped files, in each process as a whole
 * @param processes how many there were
 */
record Footprint(long pss, long anon, long file, int processes) {
    private static final long KIB = 1024;

    /** Of these processes; one that ends meanwhile counts nothing. */
    static Footprint of(List<Long> pids) throws IOException {
        Footprint sum = new Footprint(0, 0, 0, 0);
        for (long pid : pids) {
            Path folder = Path.of("/proc/" + pid);
            try {
                List<String> status = Files.readAllLines(folder.resolve("status"));
                List<String> rollup = Files.readAllLines(folder.resolve("smaps_rollup"));
                sum =
                        new Footprint(
                                sum.pss + field(rollup, "Pss:"),
                                sum.anon + field(status, "RssAnon:"),
                                sum.file + field(status, "RssFile:"),
                                sum.processes + 1);
            } catch (IOException e) {
                if (Files.exists(folder)) {
                    throw e;
                }
            }
        }
        return sum;
    }

    private static long field(List<String> lines, String name) throws IOException {
        for (String line : lines) {
            if (line.startsWith(name)) {
                return KIB * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + name + " in /proc");
    }

    double pssMebibytes() {
        return mebibytes(pss);
    }

    static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }
}
