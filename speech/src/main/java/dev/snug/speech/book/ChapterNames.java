package dev.snug.speech.book;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of chapter files that every file system takes: {@code 01 - Title}. Pure. */
final class ChapterNames {
    /** Bytes of a title in UTF-8; 255 are allowed of a whole name. */
    private static final int TITLE_BYTES_MAX = 150;

    private static final int DIGITS_MIN = 2;

    /** What Windows does not take in a name, and what separates folders anywhere. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\\\/:*?\"<>|\\p{Cntrl}\\p{Cf}]+");

    private ChapterNames() {}

    /**
     * The name of a chapter's file, without its ending.
     *
     * @param number of the chapter, from 1
     * @param count of all chapters
     */
    static String of(int number, int count, String title) {
        int digits = Math.max(DIGITS_MIN, Integer.toString(count).length());
        String prefix = String.format(Locale.ROOT, "%0" + digits + "d", number);
        String plain = Normalizer.normalize(title, Normalizer.Form.NFC);
        String safe = FORBIDDEN.matcher(plain).replaceAll(" ").replaceAll("\\s+", " ").strip();
        // Windows drops stops and spaces at the end of a name.
        String cut = cut(safe).replaceAll("[. ]+$", "");
        return cut.isEmpty() ? prefix : prefix + " - " + cut;
    }

    private static String cut(String title) {
        int end = title.length();
        while (title.substring(0, end).getBytes(StandardCharsets.UTF_8).length > TITLE_BYTES_MAX) {
            end = title.offsetByCodePoints(end, -1);
        }
        return title.substring(0, end);
    }
}
