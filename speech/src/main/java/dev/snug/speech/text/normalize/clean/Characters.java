package dev.snug.speech.text.normalize.clean;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** What cleaning knows of single characters. */
final class Characters {
    /** Letters beyond ASCII that Vietnamese is written with, composed, lower case. */
    private static final String LETTERS =
            "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệđìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

    /** Signs that the rules know as they are. */
    private static final String SIGNS = "–—…°×÷±²³¹⁰⁴⁵⁶⁷⁸⁹₫€£¥₹₩•·≤≥≠≈µ§‰√∞π∑∆→←↑↓";

    private static final String LOOK_ALIKES =
            "аaеeоoрpсcуyхxіiјjѕsԁdһhвbкkмmнhтtАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅS"
                    + "αaοoνvρpκkιiΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXɑaɡgıi";

    private static final boolean[] PLAIN = new boolean[0x2300];
    private static final Map<Integer, String> REPLACEMENTS = new HashMap<>();
    private static final Map<Integer, Character> ALIKE = new HashMap<>();

    static {
        for (char c = ' '; c < 0x7f; c++) {
            PLAIN[c] = true;
        }
        PLAIN['\n'] = true;
        for (String set :
                new String[] {LETTERS, LETTERS.toUpperCase(java.util.Locale.ROOT), SIGNS}) {
            set.chars().forEach(c -> PLAIN[c] = true);
        }
        for (int i = 0; i < LOOK_ALIKES.length(); i += 2) {
            ALIKE.put((int) LOOK_ALIKES.charAt(i), LOOK_ALIKES.charAt(i + 1));
        }
        replace("\"", "“”„‟«»″〝〞〟");
        replace("'", "‘’‚‛′‹›´ʼ");
        replace("-", "‐‑−﹣⁃");
        replace("–", "‒");
        replace("—", "―⸺⸻");
        replace("/", "⁄∕");
        replace(".", "。．｡․");
        replace(",", "，、､");
        replace("...", "⋯");
        replace("°", "º˚");
        replace("•", "●○■□◦▪▫‣∙◆◇❖➢➤✓✔★☆");
        replace("µ", "μ");
        replace("₫", "\u20ab");
        replace("Đ", "Ð");
        replace("đ", "ð");
        replace("\n", "\u000b\f\u0085\u2028\u2029");
    }

    private Characters() {}

    private static void replace(String by, String characters) {
        characters
                .chars()
                .filter(c -> c >= PLAIN.length || !PLAIN[c])
                .forEach(c -> REPLACEMENTS.put(c, by));
    }

    /** Whether the character goes through as it is. */
    static boolean isPlain(char character) {
        return character < PLAIN.length && PLAIN[character];
    }

    /** What the character is written as here, or null where that is not one of the known cases. */
    static @Nullable String replacement(int point) {
        return REPLACEMENTS.get(point);
    }

    /** The Latin letter that a Cyrillic or Greek one looks like, or 0. */
    static char lookAlike(int point) {
        Character alike = ALIKE.get(point);
        return alike == null ? 0 : alike;
    }

    static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }

    /** Soft hyphens, byte order marks, marks of direction, tags, control characters. */
    static boolean isInvisible(int point) {
        int type = Character.getType(point);
        return type == Character.FORMAT
                || type == Character.CONTROL
                || type == Character.SURROGATE
                || point == 0x115F
                || point == 0x3164
                || point == 0xFFA0;
    }

    /**
     * Characters that stand for plain ones: full width, ligatures, mathematical and enclosed
     * letters and digits, number forms, letter-like signs, subscripts, square units.
     */
    static boolean isCompatible(int point) {
        return within(point, 0xFF01, 0xFFEE)
                || within(point, 0xFB00, 0xFB06)
                || within(point, 0x1D400, 0x1D7FF)
                || within(point, 0x2460, 0x24FF)
                || within(point, 0x1F100, 0x1F169)
                || within(point, 0x2150, 0x218B)
                || within(point, 0xBC, 0xBE)
                || (within(point, 0x2100, 0x214F) && point != 0x2122 && point != 0x2139)
                || within(point, 0x2080, 0x209C)
                || within(point, 0x3371, 0x33DF)
                || point == 0xAA;
    }

    private static boolean within(int point, int from, int to) {
        return point >= from && point <= to;
    }
}
