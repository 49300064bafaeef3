package dev.snug.speech.text.normalize;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Vietnamese number words to their value and back, written for the tests alone and in another way
 * than the product: a machine over words here, division of longs there.
 */
final class NumberWords {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
    private static final List<String> DIGITS =
            List.of("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín");
    private static final Map<String, Integer> SPECIAL = Map.of("mốt", 1, "tư", 4, "lăm", 5);

    private NumberWords() {}

    /** The value of a whole number in words; throws at a word that is none. */
    static BigInteger value(String words) {
        BigInteger total = BigInteger.ZERO;
        long below = 0;
        int[] group = new int[3];
        for (String word : words.split(" ", -1)) {
            int digit = SPECIAL.getOrDefault(word, DIGITS.indexOf(word));
            if (digit >= 0) {
                group[2] = digit;
                continue;
            }
            switch (word) {
                case "mười" -> group[1] = 1;
                case "mươi" -> shift(group, 1);
                case "trăm" -> shift(group, 0);
                case "linh", "lẻ" -> group[2] = 0;
                case "nghìn", "ngàn" -> below += 1_000L * take(group);
                case "triệu" -> below += 1_000_000L * take(group);
                case "tỷ" -> {
                    total = total.add(BigInteger.valueOf(below + take(group))).multiply(BILLION);
                    below = 0;
                }
                default -> throw new IllegalArgumentException(word + " in " + words);
            }
        }
        return total.add(BigInteger.valueOf(below + take(group)));
    }

    private static void shift(int[] group, int place) {
        group[place] = group[2];
        group[2] = 0;
    }

    private static int take(int[] group) {
        int value = group[0] * 100 + group[1] * 10 + group[2];
        group[0] = 0;
        group[1] = 0;
        group[2] = 0;
        return value;
    }

    /** The words of the nemo profile. */
    static String say(long value) {
        if (value < 0) {
            return "âm " + say(-value);
        }
        if (value < 10) {
            return DIGITS.get((int) value);
        }
        if (value < 20) {
            return "mười" + (value == 10 ? "" : " " + (value == 15 ? "lăm" : say(value - 10)));
        }
        if (value < 100) {
            return say(value / 10) + " mươi" + afterTens((int) (value % 10));
        }
        if (value < 1000) {
            return say(value / 100) + " trăm" + rest(value % 100);
        }
        long[] sizes = {1_000_000_000L, 1_000_000L, 1_000L};
        String[] names = {" tỷ", " triệu", " nghìn"};
        for (int i = 0; i < sizes.length; i++) {
            if (value >= sizes[i]) {
                return say(value / sizes[i]) + names[i] + rest(value % sizes[i]);
            }
        }
        throw new AssertionError(value);
    }

    private static String rest(long value) {
        if (value == 0) {
            return "";
        }
        return (value < 10 ? " linh " : " ") + say(value);
    }

    private static String afterTens(int unit) {
        return switch (unit) {
            case 0 -> "";
            case 1 -> " mốt";
            case 4 -> " tư";
            case 5 -> " lăm";
            default -> " " + DIGITS.get(unit);
        };
    }

    static String digits(String digits) {
        return String.join(" ", digits.chars().mapToObj(c -> DIGITS.get(c - '0')).toList());
    }
}
