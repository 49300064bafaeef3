package dev.snug.server.account;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;

/** A secret that makes the first account, once and for a while. For one thread. */
final class FirstLink {
    /** How long it may be used. */
    static final Duration VALID = Duration.ofMinutes(30);

    private final InstantSource clock;
    private byte @Nullable [] hash;
    private long ends;

    FirstLink(InstantSource clock) {
        this.clock = clock;
    }

    /** A new secret; an earlier one ends. */
    String renew() {
        String token = Secret.random();
        hash = Secret.sha256(token);
        ends = clock.millis() + VALID.toMillis();
        return token;
    }

    boolean opensWith(String token) {
        return hash != null
                && clock.millis() < ends
                && java.security.MessageDigest.isEqual(hash, Secret.sha256(token));
    }

    void end() {
        hash = null;
    }
}
