package dev.snug.server.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when the test says so. */
final class FakeClock implements InstantSource {
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
