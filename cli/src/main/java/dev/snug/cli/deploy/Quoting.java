package dev.snug.cli.deploy;

/** Texts as other languages take them, whatever they hold. */
final class Quoting {
    private Quoting() {}

    /** A double-quoted scalar of YAML 1.2, 7.3.1. */
    static String yaml(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** The same in a compose file, where {@code $} begins a variable unless it is written twice. */
    static String compose(String text) {
        return yaml(text.replace("$", "$$"));
    }

    /** A quoted assignment of systemd, systemd.exec(5): {@code %} begins a specifier. */
    static String systemd(String name, String value) {
        String text = name + "=" + value;
        return '"'
                + line(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%")
                + '"';
    }

    /** Text of a comment: one line. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
            line.append(ends ? '?' : c);
        }
        return line.toString();
    }
}
