package dev.snug.server.job.embedded;

import dev.snug.server.job.Task;

/**
 * One delivery of an item.
 *
 * @param number of the item's row: its place in all lines, which no other item ever gets
 * @param turn how often it was handed out so far
 */
record Turn(long number, long turn) {
    /** The delivery that {@code task} is; one that never was where its token is not ours. */
    static Turn of(Task task) {
        String token = task.token();
        int dot = token.indexOf('.');
        try {
            return new Turn(
                    Long.parseLong(token.substring(0, Math.max(dot, 0))),
                    Long.parseLong(token.substring(dot + 1)));
        } catch (NumberFormatException e) {
            return new Turn(0, 0);
        }
    }

    String token() {
        return number + "." + turn;
    }
}
