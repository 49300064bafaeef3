package dev.snug.runtime.bundle;

import java.util.regex.Pattern;

/** What every text and number of a manifest must be; else an illegal argument says which is not. */
final class Requirement {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Requirement() {}

    static void text(String what, String text) {
        if (text.isBlank() || text.length() > Manifest.MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    what
                            + " has "
                            + text.length()
                            + " characters; 1 to "
                            + Manifest.MAX_TEXT_LENGTH
                            + " are allowed, not all blank");
        }
        // Such text is shown on terminals, where a control character is a command.
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " holds a control character");
        }
    }

    static void sha256(String what, String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(what + " is not 64 lower-case hex digits");
        }
    }

    static void notNegative(String what, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(what + " is negative: " + number);
        }
    }

    static void atMost(String what, int count, int limit) {
        if (count > limit) {
            throw new IllegalArgumentException(
                    "there are " + count + " " + what + "; " + limit + " are allowed");
        }
    }
}
