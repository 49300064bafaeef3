package dev.snug.server.account;

/**
 * An account.
 *
 * @param name 1 to 64 of {@code a-z 0-9 . _ -}
 * @param created milliseconds since 1970; 0 for the one that the environment names
 * @param isOfEnvironment whether {@code SNUG_ADMIN_PASSWORD_HASH} says its password, so that no
 *     disk knows it
 */
public record Account(String name, long created, boolean isOfEnvironment) {
    /** Longest name. */
    public static final int NAME_CHARS = 64;

    /** Whether {@code name} may name an account. */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > NAME_CHARS) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isAllowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!isAllowed && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
