package dev.snug.server.settings;

import dev.snug.runtime.device.ProviderWish;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be set of a server.
 *
 * @param host address to listen on; 127.0.0.1 by default
 * @param port 0 to 65535, 0 for any free one; 8080 by default, or PORT
 * @param memory limit of front and workers together, as text; null for what the machine allows
 * @param heatMaps whether heat maps are shown
 * @param classifier name of the model for pictures; null for the one that the command line takes
 * @param speaker name of the model for speech; null likewise
 * @param keepAlive after which an idle worker ends
 * @param recycle requests after which a worker is replaced
 * @param queue most requests that wait for a worker
 * @param deadline most time of one request's work
 * @param pictureBytes most bytes of a picture
 * @param picturePixels most pixels by a picture's header
 * @param textChars most characters of a text
 * @param cacheEntries answers that are kept; 0 keeps none
 * @param cacheTtl after which a kept answer is forgotten
 * @param data folder of accounts and kept answers
 * @param signIn whether somebody must be known
 * @param adminPasswordHash bcrypt hash of the account {@code admin}; null for accounts of the data
 *     folder alone
 * @param provider what computes
 * @param upstream another Snug that answers; null for workers here
 * @param upstreamToken what it lets us in with; null for none
 * @param jobs how long work is kept
 * @param trustProxy whether X-Forwarded-For and X-Forwarded-Proto are believed
 * @param logJson whether log lines are JSON
 */
public record ServerSettings(
        String host,
        int port,
        @Nullable String memory,
        HeatMaps heatMaps,
        @Nullable String classifier,
        @Nullable String speaker,
        Duration keepAlive,
        int recycle,
        int queue,
        Duration deadline,
        long pictureBytes,
        int picturePixels,
        int textChars,
        int cacheEntries,
        Duration cacheTtl,
        Path data,
        SignIn signIn,
        @Nullable String adminPasswordHash,
        ProviderWish provider,
        @Nullable URI upstream,
        @Nullable String upstreamToken,
        JobSettings jobs,
        boolean trustProxy,
        boolean logJson) {
    /** Whether somebody must be known to use the API. */
    public enum SignIn {
        /** On loopback nobody, elsewhere everybody. */
        AUTO,
        /** Everybody, on loopback too. */
        ALWAYS
    }

    /**
     * Nobody waits for a step of a job, and a chunk of F5 base takes minutes on a small machine.
     */
    private static final int STEP_DEADLINES = 10;

    /** Most time that one step of a job may take: a chunk of a text. */
    public Duration jobStep() {
        return deadline.multipliedBy(STEP_DEADLINES);
    }

    /** Without the secrets: whatever logs settings must not tell them. */
    @Override
    public String toString() {
        return "ServerSettings[" + host + ":" + port + ", data " + data + "]";
    }
}
