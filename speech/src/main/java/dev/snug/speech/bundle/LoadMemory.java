package dev.snug.speech.bundle;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What loading a graph takes beside its mapped weights, measured in this process. */
public final class LoadMemory {
    private LoadMemory() {}

    /** What a manifest calls the measured bytes of the graph {@code role}. */
    public static String key(String role) {
        return role + ".load.anonymous";
    }

    /**
     * The growth of anonymous memory in bytes while the graph {@code role} of {@code folder} is
     * loaded, by its key; empty where the kernel does not tell. A graph that was loaded before
     * finds the memory of that time: the growth is at least this.
     */
    public static Map<String, Long> measured(Path folder, String role) {
        Probe probe = Probe.ofThisMachine();
        Optional<ProcessMemory> before = probe.process();
        Session session = Session.open(folder.resolve(role + ".onnx"), SessionSettings.MAPPED);
        Optional<ProcessMemory> loaded = probe.process();
        session.close();
        if (before.isEmpty() || loaded.isEmpty()) {
            return Map.of();
        }
        long growth = loaded.get().rssAnonBytes() - before.get().rssAnonBytes();
        return Map.of(key(role), Math.max(0, growth));
    }
}
