package dev.snug.cli.deploy;

import dev.snug.server.work.Sharing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A server with one model, as its host needs to know it.
 *
 * @param model its name
 * @param speaks whether it speaks; else it looks at pictures
 * @param job in words: what the limit is for
 * @param heatMaps {@code on}, {@code off} or {@code auto}
 * @param limitMebibytes hard limit around everything, in MiB
 */
public record Deployment(
        String model, boolean speaks, String job, String heatMaps, long limitMebibytes) {
    /** Port inside of a container and of a unit. */
    static final int PORT = 8080;

    /** User and group of the image; a number, so that a host can see that it is not root. */
    static final int USER = 10001;

    /** Where the image and the unit have Snug. */
    static final String FOLDER = "/opt/snug";

    /** Folder of the models, baked into the image and only read. */
    static final String MODELS = "/opt/snug/home";

    /** Folder of accounts and kept answers. */
    static final String DATA = "/var/lib/snug";

    /** Asks a path of the server whether all is well, without a second Java. */
    static final String HEALTHY = "/opt/snug/deploy/healthy";

    /** Seconds from SIGTERM to SIGKILL: the longest request's two minutes, and time to end. */
    static final int STOP_SECONDS = 150;

    /** MiB for uploads and sockets; in memory, so a part of the limit while they are there. */
    static final int SCRATCH_MEBIBYTES = 48;

    /** The variable of the only secret; no file that is printed holds its value. */
    static final String SECRET = "SNUG_ADMIN_PASSWORD_HASH";

    private static final long MIB = 1 << 20;

    public Deployment {
        if (limitMebibytes <= 0) {
            throw new IllegalArgumentException("a limit of " + limitMebibytes + " MiB");
        }
    }

    /** The least whole number of MiB that holds the front and {@code workerBytes}. */
    public static long leastMebibytes(long workerBytes) {
        return Math.ceilDiv(workerBytes + Sharing.FRONT_BYTES, MIB);
    }

    /** What is left of a limit for a worker; may be 0 or less. */
    public static long workerBytes(long limitBytes) {
        return limitBytes / MIB * MIB - Sharing.FRONT_BYTES;
    }

    /** Settings of the server by variable, in the order to print; none of them is a secret. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SNUG_HOST", "0.0.0.0");
        variables.put(speaks ? "SNUG_SPEAKER" : "SNUG_CLASSIFIER", model);
        if (!speaks) {
            variables.put("SNUG_HEATMAP", heatMaps);
        }
        variables.put("SNUG_DATA", DATA);
        variables.put("SNUG_LOG", "json");
        return variables;
    }

    /** The first lines of every file, as comments. */
    String heading(String how) {
        return "# Snug with "
                + Quoting.line(model)
                + ", at most "
                + limitMebibytes
                + " MiB: "
                + Quoting.line(job)
                + ".\n# "
                + how
                + "\n";
    }
}
