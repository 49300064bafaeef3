package dev.snug.runtime.bundle;

import java.nio.file.Path;

/** A program that writes half of a file and then waits to be ended. */
final class SlowWriter {
    private SlowWriter() {}

    public static void main(String[] arguments) {
        WholeFile.write(
                Path.of(arguments[0]),
                out -> {
                    out.write(new byte[100_000]);
                    System.out.println("writing");
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
