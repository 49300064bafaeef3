package dev.snug.bench.peers;

import java.io.PrintStream;
import java.util.Locale;

/** A line for each run that was done, with what is left, guessed from the pace so far. */
final class Progress {
    private final PrintStream out;
    private final int rows;
    private final long beganNanos = System.nanoTime();
    private int done;

    /**
     * @param rows parts of the work that {@link #ended} will be told of
     */
    Progress(PrintStream out, int rows) {
        this.out = out;
        this.rows = rows;
    }

    /** A part of the work began. */
    void began(Peer peer, String what) {
        out.printf("peers: [%d/%d] %s, %s%s%n", done + 1, rows, peer.title(), what, left());
    }

    /** A part of the work ended. */
    void ended() {
        done++;
    }

    void took(Peer peer, String what, Took took) {
        out.printf(
                Locale.ROOT,
                "peers:     %s, %s: %.1f s, %.2f CPU s, peak %.0f MiB (%.0f + %.0f), charged"
                        + " %.0f%n",
                peer.id(),
                what,
                took.wallSeconds(),
                took.cpuSeconds(),
                took.peakMib(),
                took.anonMib(),
                took.fileMib(),
                took.chargedMib());
    }

    void limited(Peer peer, int limitMib, Took took, double ratio) {
        out.printf(
                Locale.ROOT,
                "peers:     %s under %d MiB: %s, %.1f s, %.2f × the CPU%n",
                peer.id(),
                limitMib,
                took.isAnswered() ? "answered" : "exit code " + took.exitCode(),
                took.wallSeconds(),
                ratio);
    }

    void note(String note) {
        out.println("peers: " + note);
    }

    private String left() {
        return done == 0
                ? ""
                : String.format(Locale.ROOT, "; about %.0f min left", minutesLeft(seconds()));
    }

    private double seconds() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    /** Minutes for the parts that are left, at the pace of those that are done. */
    double minutesLeft(double seconds) {
        return done == 0 ? 0 : seconds / done * (rows - done) / 60;
    }
}
