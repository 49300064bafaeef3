package dev.snug.server.settings;

import dev.snug.runtime.budget.MemorySize;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How the text of a setting is read, and what of it is allowed. */
sealed interface SettingForm {
    /** Characters of any value; a path is the longest, and Linux' PATH_MAX is 4096. */
    int CHARS_MAX = 4096;

    /** What is allowed, to stand behind "allowed is". */
    String allowed();

    /**
     * The value that {@code text} says.
     *
     * @throws IllegalArgumentException when it is none that is allowed
     */
    Object read(String text);

    /** Makes the exception that {@link #read} throws. */
    static IllegalArgumentException refused() {
        return new IllegalArgumentException("not of this form");
    }

    /** A whole number, as {@code Long}. */
    record Whole(long least, long most) implements SettingForm {
        @Override
        public String allowed() {
            return "a whole number from " + least + " to " + most;
        }

        @Override
        public Long read(String text) {
            return within(digits(text), least, most);
        }
    }

    /** A length of time: a whole number and {@code s}, {@code m} or {@code h}. */
    record Time(Duration least, Duration most) implements SettingForm {
        @Override
        public String allowed() {
            return "a time from "
                    + shown(least)
                    + " to "
                    + shown(most)
                    + ", such as 90s, 5m or 1h, the unit included";
        }

        @Override
        public Duration read(String text) {
            if (text.length() < 2) {
                throw refused();
            }
            int unit =
                    switch (text.charAt(text.length() - 1)) {
                        case 's' -> 1;
                        case 'm' -> 60;
                        case 'h' -> 3600;
                        default -> throw refused();
                    };
            long seconds = digits(text.substring(0, text.length() - 1)) * unit;
            return Duration.ofSeconds(within(seconds, least.toSeconds(), most.toSeconds()));
        }

        private static String shown(Duration time) {
            long seconds = time.toSeconds();
            if (seconds % 3600 == 0 && seconds > 0) {
                return seconds / 3600 + "h";
            }
            return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
        }
    }

    /** An amount of bytes with its unit, as {@link MemorySize} reads it. */
    record Size(long least, long most) implements SettingForm {
        @Override
        public String allowed() {
            return "a size from "
                    + new MemorySize(least)
                    + " to "
                    + new MemorySize(most)
                    + ", such as 512MiB or 1.5g";
        }

        @Override
        public MemorySize read(String text) {
            MemorySize size = MemorySize.parse(text);
            within(size.bytes(), least, most);
            return size;
        }
    }

    /** One of a few words, in small letters. */
    record Word(List<String> words) implements SettingForm {
        @Override
        public String allowed() {
            return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
        }

        @Override
        public String read(String text) {
            if (!words.contains(text)) {
                throw refused();
            }
            return text;
        }
    }

    /**
     * Text without blanks at its ends or control characters.
     *
     * @param what it is, for people
     */
    record Text(String what, int chars) implements SettingForm {
        @Override
        public String allowed() {
            return what + ", 1 to " + chars + " characters, none of them a control character";
        }

        @Override
        public String read(String text) {
            if (text.length() > chars || !text.equals(text.strip())) {
                throw refused();
            }
            for (int i = 0; i < text.length(); i++) {
                if (Character.isISOControl(text.charAt(i))) {
                    throw refused();
                }
            }
            return text;
        }
    }

    /** A host: an address or a name, without a port. Nothing is looked up. */
    record Host() implements SettingForm {
        /** Characters of a name, RFC 1035, 2.3.4. */
        private static final int NAME_MAX = 253;

        @Override
        public String allowed() {
            return "an address or a name without a port, such as 127.0.0.1, 0.0.0.0, :: or"
                    + " localhost";
        }

        @Override
        public String read(String text) {
            // Every host but "::", all addresses of this machine, has a letter or a digit.
            if (text.length() > NAME_MAX || !(text.equals("::") || hasLetterOrDigit(text))) {
                throw refused();
            }
            boolean isV6 = text.indexOf(':') >= 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean isKnown =
                        isV6
                                ? isHex(c) || ":.".indexOf(c) >= 0
                                : isLetterOrDigit(c) || ".-_".indexOf(c) >= 0;
                if (!isKnown) {
                    throw refused();
                }
            }
            // One colon alone is a port behind a name.
            if (isV6 && text.indexOf(':') == text.lastIndexOf(':')) {
                throw refused();
            }
            return text;
        }

        private static boolean hasLetterOrDigit(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (isLetterOrDigit(text.charAt(i))) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isHex(char c) {
            return Character.digit(c, 16) >= 0 && c < 128;
        }

        static boolean isLetterOrDigit(char c) {
            return c < 128 && Character.isLetterOrDigit(c);
        }
    }

    /** Where something else answers: nothing in it is left out, and nothing is a secret. */
    record Url(Set<String> schemes, Pattern path, String allowed) implements SettingForm {
        /** Another Snug. */
        static final Url WEB =
                new Url(
                        Set.of("http", "https"),
                        Pattern.compile(".*"),
                        "an address such as https://models.example or http://10.0.0.5:8080, without"
                                + " a user, a password, a query or a fragment");

        /** A database, by its number. */
        static final Url REDIS =
                new Url(
                        Set.of("redis", "rediss"),
                        Pattern.compile("/?|/[0-9]{1,4}"),
                        "an address such as redis://10.0.0.5:6379/0, or rediss:// where it is"
                                + " encrypted, without a password, which is the setting"
                                + " redis-password");

        @Override
        public URI read(String text) {
            try {
                URI uri = new URI(text);
                String scheme = uri.getScheme();
                if (scheme == null
                        || !schemes.contains(scheme.toLowerCase(Locale.ROOT))
                        || uri.getHost() == null
                        || uri.getRawUserInfo() != null
                        || !path.matcher(uri.getRawPath()).matches()
                        || uri.getRawQuery() != null
                        || uri.getRawFragment() != null
                        || uri.getPort() > 65_535) {
                    throw refused();
                }
                return uri;
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    /**
     * A bcrypt hash: {@code $2b$}, two digits of cost, {@code $}, and 53 characters of bcrypt's
     * Base64, 22 of salt and 31 of hash (Provos and Mazières, "A Future-Adaptable Password Scheme",
     * USENIX 1999; {@code crypt(5)}).
     */
    record BcryptHash() implements SettingForm {
        private static final int CHARS = 60;

        /** OWASP's least for bcrypt; below it a stolen hash is guessed too fast. */
        private static final int COST_LEAST = 10;

        /** About two seconds a try on a small host; each more doubles it. */
        private static final int COST_MOST = 15;

        @Override
        public String allowed() {
            return "a bcrypt hash of 60 characters, $2a$, $2b$ or $2y$ and a cost from "
                    + COST_LEAST
                    + " to "
                    + COST_MOST
                    + "; in a shell or a compose file write it in single quotes or with $$ for $";
        }

        @Override
        public String read(String text) {
            if (text.length() != CHARS
                    || !text.startsWith("$2")
                    || "aby".indexOf(text.charAt(2)) < 0
                    || text.charAt(3) != '$'
                    || text.charAt(6) != '$') {
                throw refused();
            }
            within(digits(text.substring(4, 6)), COST_LEAST, COST_MOST);
            for (int i = 7; i < CHARS; i++) {
                char c = text.charAt(i);
                if (c != '/' && c != '.' && !Host.isLetterOrDigit(c)) {
                    throw refused();
                }
            }
            return text;
        }
    }

    private static long digits(String text) {
        // 15 digits times the largest unit still fit a long.
        if (text.isEmpty() || text.length() > 15) {
            throw refused();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw refused();
            }
        }
        return Long.parseLong(text);
    }

    private static long within(long value, long least, long most) {
        if (value < least || value > most) {
            throw refused();
        }
        return value;
    }
}
