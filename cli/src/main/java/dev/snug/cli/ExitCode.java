package dev.snug.cli;

/** How a command ends; README.md documents them for scripts. */
final class ExitCode {
    /** Everything asked for was answered. */
    static final int OK = 0;

    /** Something asked for failed; the rest was answered. */
    static final int FAILED = 1;

    /** The command line was wrong; nothing was done. */
    static final int USAGE = 2;

    /**
     * Refused before it started because it would not fit the memory; the message says what fits.
     */
    static final int REFUSED_FOR_MEMORY = 3;

    private ExitCode() {}
}
