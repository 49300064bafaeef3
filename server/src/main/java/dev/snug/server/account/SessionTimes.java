package dev.snug.server.account;

import org.jspecify.annotations.Nullable;

/**
 * When what happened to a session and to the token that asks, in milliseconds since 1970.
 *
 * @param created the session began
 * @param used it was last used
 * @param issued the token was made
 * @param confirmed the token was first used; null for never: its reply may have been lost
 * @param ends after which the token counts no more, because a later one is in use; null for never
 */
record SessionTimes(
        long created, long used, long issued, @Nullable Long confirmed, @Nullable Long ends) {
    /** What a session is worth. */
    enum Verdict {
        /** It goes on. */
        LIVE,
        /** It was not used for too long, or is too old. */
        EXPIRED,
        /** Its token was replaced long ago: somebody else may hold a copy. */
        REUSED
    }

    Verdict at(long now) {
        if (now - used >= Sessions.IDLE_MOST.toMillis()
                || now - created >= Sessions.LIFE_MOST.toMillis()) {
            return Verdict.EXPIRED;
        }
        return ends != null && now >= ends ? Verdict.REUSED : Verdict.LIVE;
    }

    /** Whether a new token is due. */
    boolean isOldAt(long now) {
        return ends == null && now - issued >= Sessions.ROTATION.toMillis();
    }

    /** Whether that it is used is to be written down: once a minute will do. */
    boolean isNewsAt(long now) {
        return confirmed == null || now - used >= Sessions.NOTED.toMillis();
    }
}
