package dev.snug.cli.knobs;

import java.util.ArrayList;
import java.util.List;

/** The settings that speech and pictures share. */
final class EngineKnobs {
    /** Threads that the guides offer; 0 is all cores, not none. */
    static final List<Integer> THREADS = List.of(0, 1, 2);

    private EngineKnobs() {}

    /** Operators at once, rewriting at load, spinning. */
    static List<Setting> afterThreads(Job job) {
        List<Setting> all = new ArrayList<>();
        for (int count : THREADS) {
            all.add(
                    count == 1
                            ? Setting.standing(Knob.INTER_OP_THREADS, "1", job)
                            : Setting.of(
                                    Knob.INTER_OP_THREADS,
                                    "" + count,
                                    new Way.Run(job.with("--inter-op-threads=" + count))));
        }
        for (String level : List.of("all", "extended")) {
            all.add(
                    Setting.of(
                            Knob.OPTIMIZATION,
                            level,
                            new Way.Run(job.with("--optimization=" + level))));
        }
        all.add(
                Setting.of(
                        Knob.OPTIMIZATION,
                        "basic",
                        new Way.Run(job.with("--optimization=basic")),
                        Claim.LESS_MEMORY));
        all.add(Setting.standing(Knob.OPTIMIZATION, "none", job));
        all.add(Setting.of(Knob.SPINNING, "on", new Way.Run(job.with("--spinning=on"))));
        all.add(Setting.standing(Knob.SPINNING, "off", job));
        return all;
    }

    /** What lies around the engine. */
    static List<Setting> around(Job job, boolean hasSharedMemory) {
        return List.of(
                hasSharedMemory
                        ? Setting.of(Knob.TEMPORARY_FOLDER, "/dev/shm", new Way.Run(job.inMemory()))
                        : Setting.told(
                                Knob.TEMPORARY_FOLDER, "/dev/shm", "reason_shared_memory", true),
                Setting.told(Knob.LOG_VARIABLES, "", "reason_log", false),
                Setting.told(Knob.ONEDNN_VARIABLES, "", "reason_onednn", false),
                Setting.told(Knob.GPU, "", "reason_gpu", true));
    }
}
