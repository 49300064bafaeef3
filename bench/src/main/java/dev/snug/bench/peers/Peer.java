package dev.snug.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program that does a job: a row of the table.
 *
 * @param id a word for files and messages
 * @param title for the table, with the engine's version
 * @param command what is started
 * @param files whose pages are dropped before each run, so that all of them are charged to it
 * @param environment of the process, besides the harness' own
 * @param answer reads what it answered
 * @param reference id of the row whose answer is the right one; its own id: the row is that one
 * @param role whether it plans for a limit, or is measured at all
 * @param missing why it cannot run here
 */
record Peer(
        String id,
        String title,
        Kind kind,
        Command command,
        List<Path> files,
        Map<String, String> environment,
        Answer answer,
        String reference,
        Role role,
        Optional<String> missing) {

    /** Why a row is there. */
    enum Role {
        /** Another engine; it knows nothing of a limit. */
        PEER,
        /** Snug: told its limit, and refuses what its plan does not fit in. */
        PLANNING,
        /** Only answers what the other rows are compared with. */
        REFERENCE
    }

    /** The command line of a job. */
    interface Command {
        /**
         * The words of a command line.
         *
         * @param units steps or pictures
         * @param limitMib what the kernel will enforce; empty: nothing
         * @param output the file to write the answer to
         */
        List<String> line(int units, OptionalInt limitMib, Path output);
    }

    /** What came out: samples of speech, or probabilities and then the heat map row by row. */
    interface Answer {
        float[] read(String printed, Path output) throws IOException;
    }
}
