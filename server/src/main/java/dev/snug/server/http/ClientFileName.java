package dev.snug.server.http;

import java.nio.charset.StandardCharsets;

/** What a client calls a file: a name to show, never a path to open. Pure. */
public final class ClientFileName {
    /** Longest, in UTF-16 units. */
    public static final int CHARS_MAX = 200;

    /** Longest, in bytes of UTF-8. */
    public static final int BYTES_MAX = 384;

    private ClientFileName() {}

    /**
     * The last part of {@code name}, whatever separates its folders, without letters that control a
     * terminal or turn the writing around, and without quotes; empty where nothing is left.
     */
    public static String of(String name) {
        int start = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int i = start; i < name.length(); ) {
            int letter = name.codePointAt(i);
            i += Character.charCount(letter);
            if (!isPlain(letter)) {
                continue;
            }
            String text = Character.toString(letter);
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > BYTES_MAX || kept.length() + text.length() > CHARS_MAX) {
                break;
            }
            kept.append(text);
        }
        return kept.toString().strip();
    }

    private static boolean isPlain(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> letter != '"';
        };
    }
}
