package dev.snug.runtime.session;

import dev.snug.onnx.Tensor;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A process that loads, runs and closes a model again and again, and prints what stays. */
final class OpenCloseCycles {
    private OpenCloseCycles() {}

    /**
     * Prints the anonymous resident bytes before the first load, with the model loaded, and after
     * the last close.
     *
     * @param arguments the model, the length of its input, the number of cycles
     */
    public static void main(String[] arguments) {
        Path model = Path.of(arguments[0]);
        int length = Integer.parseInt(arguments[1]);
        int cycles = Integer.parseInt(arguments[2]);
        SessionSettings copied =
                new SessionSettings(1, 1, SessionSettings.Optimization.BASIC, false, false, false);
        Engine.version();
        long before = anonymousBytes();
        long loaded = 0;
        for (int cycle = 0; cycle < cycles; cycle++) {
            try (Session session = Session.open(model, copied);
                    Session.Lease lease = session.acquire()) {
                lease.run(Map.of("x", Tensor.floats(new float[length], 1, length)), Set.of("y"));
                loaded = Math.max(loaded, anonymousBytes());
            }
        }
        System.out.println(before + " " + loaded + " " + anonymousBytes());
    }

    private static long anonymousBytes() {
        return Probe.ofThisMachine().process().map(ProcessMemory::rssAnonBytes).orElse(-1L);
    }
}
