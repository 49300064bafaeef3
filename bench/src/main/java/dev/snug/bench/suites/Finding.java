package dev.snug.bench.suites;

/**
 * What reading one file did.
 *
 * @param leaked descriptors that were open afterwards and not before
 */
record Finding(Verdict verdict, long millis, long leaked) {
    private static final int FIELDS = 4;

    /** As a worker prints it. */
    String line() {
        String words = verdict.words().replaceAll("[\t\r\n]+", " ");
        return "%s\t%d\t%d\t%s".formatted(verdict.kind(), millis, leaked, words);
    }

    /** The finding of a worker's line. */
    static Finding parse(String line) {
        String[] fields = line.split("\t", FIELDS);
        Verdict verdict = new Verdict(Verdict.Kind.valueOf(fields[0]), fields[FIELDS - 1]);
        return new Finding(verdict, Long.parseLong(fields[1]), Long.parseLong(fields[2]));
    }

    boolean isGood() {
        return verdict.kind().isGood() && leaked == 0;
    }
}
