package dev.snug.server.job;

import java.util.Optional;

/**
 * What is to be done, as it was asked for.
 *
 * @param account whose it is; empty on an open server
 * @param line where it waits
 * @param items that are done one by one and by whoever comes first: the pictures of a batch, or 1
 *     for a text
 * @param question all that was asked but the files, as JSON; at most {@link #QUESTION_BYTES_MAX}
 * @param key by which a repeated order is known
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record JobOrder(
        String account, Line line, int items, byte[] question, Optional<IdempotencyKey> key) {
    /** Pictures of a batch; each may be answered by another server. */
    public static final int ITEMS_MAX = 1000;

    /** The names of all pictures and what is asked of them. */
    public static final int QUESTION_BYTES_MAX = 512 << 10;

    public JobOrder {
        if (items < 1 || items > ITEMS_MAX) {
            throw new IllegalArgumentException(
                    items + " items; 1 to " + ITEMS_MAX + " are one job");
        }
        if (question.length > QUESTION_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a question of " + question.length + " bytes; at most " + QUESTION_BYTES_MAX);
        }
    }

    /**
     * The name that a client gave its order, so that one which is sent twice is one job (the
     * Idempotency-Key header, draft-ietf-httpapi-idempotency-key-header).
     *
     * @param text 1 to 200 characters, of one account
     * @param sha256 of everything that was asked, files too, hexadecimal: another one under the
     *     same text is a mistake of the client
     */
    public record IdempotencyKey(String text, String sha256) {
        /** Longest text. */
        public static final int CHARS_MAX = 200;

        public IdempotencyKey {
            if (text.isEmpty() || text.length() > CHARS_MAX) {
                throw new IllegalArgumentException("a key has 1 to " + CHARS_MAX + " characters");
            }
        }
    }
}
