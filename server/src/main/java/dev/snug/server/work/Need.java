package dev.snug.server.work;

/**
 * What a kind of work needs of memory, in bytes of a process's limit.
 *
 * @param smallest below it the work is refused
 * @param comfortable at it nothing is given up and no page is read twice
 */
record Need(long smallest, long comfortable) {
    Need {
        if (smallest < 0 || comfortable < smallest) {
            throw new IllegalArgumentException(
                    "a need of %d to %d bytes".formatted(smallest, comfortable));
        }
    }
}
