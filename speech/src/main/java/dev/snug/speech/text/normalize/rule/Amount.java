package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A number with its sign and its power of a thousand: "-5", "2k", "1tr5", "2,5 tỷ".
 *
 * @param end the token after it
 * @param numeral the digits
 * @param sign "âm ", "cộng trừ " or nothing
 * @param scale what is said after the digits, "triệu năm trăm nghìn"; empty where there is none
 */
record Amount(int end, Numeral numeral, String sign, String scale) {
    /** Written at once behind digits, in this case only. */
    private static final Map<String, String> LETTERS =
            Map.of(
                    "k", "nghìn", "K", "nghìn", "tr", "triệu", "Tr", "triệu", "TR", "triệu", "t",
                    "tỷ", "ty", "tỷ", "tỏi", "tỷ");

    /** Written as words, at once or after a space. */
    private static final Map<String, String> WORDS =
            Map.of(
                    "trăm",
                    "",
                    "nghìn",
                    "trăm",
                    "ngàn",
                    "trăm",
                    "vạn",
                    "nghìn",
                    "triệu",
                    "trăm nghìn",
                    "tỷ",
                    "trăm triệu",
                    "tỉ",
                    "trăm triệu");

    private static final Map<String, String> BELOW =
            Map.of("nghìn", "", "triệu", "nghìn", "tỷ", "triệu");

    /** The amount at {@code at}, which may be a sign before digits, or null. */
    static @Nullable Amount at(Line line, int at, Numbers numbers, Numeral.Commas commas) {
        String sign = sign(line, at);
        Numeral numeral = Numeral.at(line, sign.isEmpty() ? at : at + 1, commas);
        if (numeral == null) {
            return null;
        }
        int end = numeral.end();
        String letters = LETTERS.get(line.text(end));
        if (letters != null && !line.isWord(end + 1)) {
            Amount scaled = lettered(line, numeral, sign, letters, numbers);
            if (scaled != null) {
                return scaled;
            }
        }
        StringBuilder scale = new StringBuilder();
        while (WORDS.containsKey(line.lower(line.skip(end)))) {
            int word = line.skip(end);
            scale.append(scale.isEmpty() ? "" : " ").append(line.lower(word));
            end = word + 1;
        }
        return new Amount(end, numeral, sign, scale.toString());
    }

    /** "2tr", "2tr5", "2tr350": the digits behind the letters are hundreds, tens and units. */
    private static @Nullable Amount lettered(
            Line line, Numeral numeral, String sign, String scale, Numbers numbers) {
        int behind = numeral.end() + 1;
        if (!line.isNumber(behind)) {
            return new Amount(behind, numeral, sign, thousand(scale, numbers));
        }
        String digits = line.text(behind);
        if (digits.length() > 3 || !numeral.isWhole() || line.isWord(behind + 1)) {
            return null;
        }
        String rest = numbers.cardinal((digits + "00").substring(0, 3));
        String below = BELOW.getOrDefault(scale, "");
        String spoken =
                (thousand(scale, numbers) + " " + rest + " " + thousand(below, numbers)).strip();
        return new Amount(behind + 1, numeral, sign, spoken);
    }

    private static String thousand(String scale, Numbers numbers) {
        return scale.equals("nghìn") ? numbers.cardinal(1000).substring("một ".length()) : scale;
    }

    /** What a sign right before digits says, where no number or letter stands before it. */
    private static String sign(Line line, int at) {
        if (!line.isNumber(at + 1)) {
            return "";
        }
        if (line.is(at, '±')) {
            return "cộng trừ ";
        }
        boolean opens = line.isBlank(at - 1) || line.isOneOf(at - 1, "(=:[\"~<>≤≥");
        boolean after = line.isNumber(line.before(at)) && line.isSpace(at - 1);
        if (!opens || after) {
            return "";
        }
        return line.is(at, '-') ? "âm " : line.is(at, '+') ? "cộng " : "";
    }

    boolean isScaled() {
        return !scale.isEmpty();
    }

    /** In words; {@code quantity} where a unit follows. */
    String spoken(Numbers numbers, boolean quantity) {
        String number = sign + numeral.spoken(numbers, quantity || isScaled());
        return isScaled() ? number + " " + scale : number;
    }
}
