package dev.snug.speech.network;

import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The loaded graphs of a model's stages: swapped, so that each is let go of when it has run and at
 * most one is in memory, or kept from its first run until {@link #close}, which saves opening it
 * again for each chunk. Not for several threads at once.
 */
public final class StageSessions implements AutoCloseable {
    private final boolean isKept;
    private final Map<Path, Session> kept = new HashMap<>();

    private StageSessions(boolean isKept) {
        this.isKept = isKept;
    }

    /** One at a time; there is nothing to close. */
    public static StageSessions swapped() {
        return new StageSessions(false);
    }

    /** Whether sessions stay open. */
    public boolean isKept() {
        return isKept;
    }

    /** All that ran, until they are closed. */
    public static StageSessions kept() {
        return new StageSessions(true);
    }

    /**
     * What {@code runs} makes with a graph.
     *
     * @param settings the same each time where sessions are kept
     */
    public <T> T with(Path graph, SessionSettings settings, Function<Session.Lease, T> runs) {
        if (!isKept) {
            try (Session session = Session.open(graph, settings)) {
                return leased(session, runs);
            }
        }
        Session session = kept.get(graph);
        if (session == null) {
            session = Session.open(graph, settings);
            kept.put(graph, session);
        }
        return leased(session, runs);
    }

    private static <T> T leased(Session session, Function<Session.Lease, T> runs) {
        try (Session.Lease lease = session.acquire()) {
            return runs.apply(lease);
        }
    }

    /** Lets go of what is kept; what runs afterwards is loaded again. */
    @Override
    public void close() {
        kept.values().forEach(Session::close);
        kept.clear();
    }
}
