package dev.snug.server.job.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a database can keep a queue, by what it says of itself.
 *
 * @param refusal why not, and what to do; empty where it can
 * @param warnings of what would be lost, a line each
 */
record Fitness(Optional<String> refusal, List<String> warnings) {
    Fitness {
        warnings = List.copyOf(warnings);
    }

    /**
     * What follows from the reply to INFO: {@code redis_version}, {@code maxmemory_policy} and
     * {@code aof_enabled}, which Valkey says too. CONFIG is not asked: hosts forbid it.
     */
    static Fitness of(String info) {
        Map<String, String> said = new HashMap<>();
        for (String line : info.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                said.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        String version = said.getOrDefault("redis_version", "");
        if (!isNewEnough(version)) {
            return refused(
                    "it is version "
                            + (version.isEmpty() ? "(none)" : version)
                            + "; Redis 6.2 or Valkey 7.2 is the oldest that will do");
        }
        String policy = said.getOrDefault("maxmemory_policy", "");
        if (!policy.equals("noeviction")) {
            // Without a limit now too: the first one that is set would begin to take jobs away.
            return refused(
                    "its maxmemory-policy is "
                            + (policy.isEmpty() ? "not told" : policy)
                            + ", so it may throw jobs away when its memory is full; set"
                            + " maxmemory-policy noeviction, or name a database of its own");
        }
        List<String> warnings = new ArrayList<>();
        if (!said.getOrDefault("aof_enabled", "").equals("1")) {
            warnings.add(
                    "has no append-only file: what came after its last snapshot is lost when it"
                            + " ends; set appendonly yes, and appendfsync always where a power"
                            + " failure must lose nothing");
        }
        return new Fitness(Optional.empty(), warnings);
    }

    private static Fitness refused(String why) {
        return new Fitness(Optional.of(why), List.of());
    }

    private static boolean isNewEnough(String version) {
        String[] parts = version.split("\\.", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            return major > 6 || (major == 6 && parts.length > 1 && Integer.parseInt(parts[1]) >= 2);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
