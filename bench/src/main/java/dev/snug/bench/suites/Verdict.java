package dev.snug.bench.suites;

/**
 * How reading a file ended.
 *
 * @param kind in a word
 * @param words of the refusal, or what was thrown
 */
record Verdict(Kind kind, String words) {
    /** One line on a terminal, with a long path in it. */
    private static final int LINE_CHARS_MAX = 1000;

    private static final String OURS = "dev.snug.";

    /** In the order of their goodness. */
    enum Kind {
        /** It was read. */
        ANSWERED,
        /** It was refused in one clear line. */
        REFUSED,
        /** It was refused, and nobody can know why. */
        UNCLEAR,
        /** Something was thrown that nobody meant to throw. */
        CRASHED,
        /** It took too long. */
        LATE;

        /** Whether a user can live with it. */
        boolean isGood() {
            return this == ANSWERED || this == REFUSED;
        }
    }

    static final Verdict ANSWERED = new Verdict(Kind.ANSWERED, "");

    /** What a user would make of {@code thrown}. */
    static Verdict of(Throwable thrown) {
        String message = thrown.getMessage();
        boolean isMeant =
                thrown instanceof Exception && thrown.getClass().getName().startsWith(OURS);
        if (!isMeant) {
            return new Verdict(Kind.CRASHED, thrown + " " + place(thrown));
        }
        boolean isClear =
                message != null
                        && !message.isBlank()
                        && message.lines().count() == 1
                        && message.length() <= LINE_CHARS_MAX
                        && !message.contains("java.");
        return new Verdict(isClear ? Kind.REFUSED : Kind.UNCLEAR, String.valueOf(message));
    }

    /** Goes on only where {@code thrown} is a clear refusal. */
    static void requireClear(RuntimeException thrown) {
        if (of(thrown).kind() != Kind.REFUSED) {
            throw thrown;
        }
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? "" : "at " + trace[0];
    }
}
