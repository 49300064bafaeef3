package dev.snug.cli;

import dev.snug.speech.book.BookWork;

import java.io.PrintStream;

/** Says what is kept and how to go on when the process is asked to end (Ctrl-C, SIGTERM). */
final class StoppedNote implements AutoCloseable {
    private final Thread hook;

    private StoppedNote(Thread hook) {
        this.hook = hook;
    }

    /**
     * A note on {@code err} about {@code work}, until it is closed.
     *
     * @param chunks of all of it
     */
    static StoppedNote of(PrintStream err, BookWork work, int chunks) {
        Thread hook = new Thread(() -> err.println(words(work, chunks)), "stopped-note");
        Runtime.getRuntime().addShutdownHook(hook);
        return new StoppedNote(hook);
    }

    private static String words(BookWork work, int chunks) {
        return "%nsnug: stopped; %d of %d chunks are kept in %s. The same command goes on there"
                .formatted(work.state().chunks(), chunks, work.folder());
    }

    /** The work has ended by itself. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook has the rest.
            return;
        }
    }
}
