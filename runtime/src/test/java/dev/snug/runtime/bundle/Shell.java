package dev.snug.runtime.bundle;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Commands of the system that a test needs and that may not be there. */
final class Shell {
    private Shell() {}

    /** Whether {@code command} is there and succeeds within five seconds. */
    static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
