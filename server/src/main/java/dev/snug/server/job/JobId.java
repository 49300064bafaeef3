package dev.snug.server.job;

import java.security.SecureRandom;

/** Names of jobs: 26 lower-case letters and digits, 130 bits that nobody can guess. */
public final class JobId {
    /** Letters of one. */
    public static final int CHARS = 26;

    /** RFC 4648, 6, in lower case. */
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private static final SecureRandom RANDOM = new SecureRandom();

    private JobId() {}

    /** A new one. */
    public static String random() {
        StringBuilder id = new StringBuilder(CHARS);
        for (int i = 0; i < CHARS; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
