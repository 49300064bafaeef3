package dev.snug.speech.text.aloud;

import dev.snug.speech.text.normalize.spoken.LetterNames;
import dev.snug.speech.text.normalize.spoken.Numbers;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A clean text letter by letter: letters by their names with the tone behind, digits, signs by
 * name, a pause where a space stands. Empty where nothing of the text has a name.
 */
final class Spelling {
    private static final Map<Character, String> TONES =
            Map.of(
                    '\u0300', "huyền",
                    '\u0301', "sắc",
                    '\u0309', "hỏi",
                    '\u0303', "ngã",
                    '\u0323', "nặng");

    /** Circumflex, breve and horn make another letter. */
    private static final String QUALITY = "\u0302\u0306\u031b";

    private static final String OTHER_LETTERS = "ăâêôơư";

    /** Letters that sound alike by their usual names. */
    private static final Map<Character, String> APART =
            Map.of('d', "dê", 'i', "i ngắn", 'y', "y dài");

    private static final Map<Character, String> SIGNS =
            Map.ofEntries(
                    Map.entry('.', "chấm"),
                    Map.entry(',', "phẩy"),
                    Map.entry(':', "hai chấm"),
                    Map.entry(';', "chấm phẩy"),
                    Map.entry('!', "chấm than"),
                    Map.entry('?', "chấm hỏi"),
                    Map.entry('…', "ba chấm"),
                    Map.entry('@', "a còng"),
                    Map.entry('/', "gạch chéo"),
                    Map.entry('\\', "gạch chéo ngược"),
                    Map.entry('-', "gạch ngang"),
                    Map.entry('–', "gạch ngang"),
                    Map.entry('—', "gạch ngang"),
                    Map.entry('_', "gạch dưới"),
                    Map.entry('|', "gạch đứng"),
                    Map.entry('#', "thăng"),
                    Map.entry('*', "sao"),
                    Map.entry('+', "cộng"),
                    Map.entry('=', "bằng"),
                    Map.entry('<', "nhỏ hơn"),
                    Map.entry('>', "lớn hơn"),
                    Map.entry('&', "và"),
                    Map.entry('%', "phần trăm"),
                    Map.entry('$', "đô la"),
                    Map.entry('€', "ơ rô"),
                    Map.entry('£', "bảng"),
                    Map.entry('₫', "đồng"),
                    Map.entry('°', "độ"),
                    Map.entry('~', "ngã"),
                    Map.entry('^', "mũ"),
                    Map.entry('\'', "nháy đơn"),
                    Map.entry('"', "nháy kép"),
                    Map.entry('`', "huyền"),
                    Map.entry('(', "mở ngoặc"),
                    Map.entry(')', "đóng ngoặc"),
                    Map.entry('[', "mở ngoặc vuông"),
                    Map.entry(']', "đóng ngoặc vuông"),
                    Map.entry('{', "mở ngoặc nhọn"),
                    Map.entry('}', "đóng ngoặc nhọn"));

    private final Numbers numbers;
    private final UnaryOperator<String> others;

    /**
     * @param others reads what has no name here: pictures, other scripts
     */
    Spelling(Numbers numbers, UnaryOperator<String> others) {
        this.numbers = numbers;
        this.others = others;
    }

    /**
     * @param glyphs whether capitals are said and letters that sound alike are told apart
     */
    Optional<String> spoken(String text, boolean glyphs) {
        StringBuilder said = new StringBuilder();
        boolean apart = false;
        for (int at = 0; at < text.length(); ) {
            int end = at + 1;
            String name = name(text.charAt(at), glyphs);
            if (name.isEmpty()) {
                while (end < text.length() && name(text.charAt(end), glyphs).isEmpty()) {
                    end++;
                }
                String unnamed = text.substring(at, end);
                apart |= unnamed.startsWith(" ");
                name = unnamed.isBlank() ? "" : others.apply(unnamed);
            }
            if (!name.isEmpty()) {
                said.append(said.isEmpty() ? "" : apart ? ", " : " ").append(name);
                apart = text.charAt(end - 1) == ' ';
            }
            at = end;
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(said.toString());
    }

    /** What the character is called, or empty where it has no name. */
    private String name(char character, boolean glyphs) {
        if (character >= '0' && character <= '9') {
            return numbers.digits(String.valueOf(character));
        }
        return Character.isLetter(character)
                ? letter(character, glyphs)
                : SIGNS.getOrDefault(character, "");
    }

    private static String letter(char written, boolean glyphs) {
        String marked = Normalizer.normalize(String.valueOf(written), Form.NFD);
        StringBuilder bare = new StringBuilder(marked.substring(0, 1));
        String tone = "";
        for (int at = 1; at < marked.length(); at++) {
            char mark = marked.charAt(at);
            tone = TONES.containsKey(mark) ? " " + TONES.get(mark) : tone;
            bare.append(QUALITY.indexOf(mark) >= 0 ? String.valueOf(mark) : "");
        }
        char letter = Character.toLowerCase(Normalizer.normalize(bare, Form.NFC).charAt(0));
        if (OTHER_LETTERS.indexOf(letter) < 0 && letter != 'đ') {
            letter = Character.toLowerCase(marked.charAt(0));
            if (letter < 'a' || letter > 'z') {
                return "";
            }
        }
        String name = glyphs ? APART.get(letter) : null;
        String capital = glyphs && Character.isUpperCase(written) ? " hoa" : "";
        return (name == null ? LetterNames.spell(String.valueOf(letter)) : name) + tone + capital;
    }
}
