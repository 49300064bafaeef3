package dev.snug.speech.text.normalize.spoken;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers in words, by a profile. Digits come in as text, so that no size overflows.
 *
 * <p>Beyond a billion (tỷ) Vietnamese counts billions: 10¹² is "một nghìn tỷ", 10¹⁸ "một tỷ tỷ".
 * From {@link #DIGITS_MAX} digits on nobody follows any more and digits are said one by one.
 */
public final class Numbers {
    /** Digits of the largest number that is said as one: below 10²¹. */
    public static final int DIGITS_MAX = 21;

    private static final String[] UNITS = {
        "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"
    };
    private static final int GROUP = 3;
    private static final int BILLION_DIGITS = 9;

    private final Profile profile;

    public Numbers(Profile profile) {
        this.profile = profile;
    }

    public Profile profile() {
        return profile;
    }

    public String cardinal(int value) {
        return cardinal(Integer.toString(value));
    }

    /** The number that the digits write; zeros in front say nothing. */
    public String cardinal(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        String number = digits.substring(start);
        if (number.length() > DIGITS_MAX) {
            return digits(digits);
        }
        if (number.equals("0")) {
            return UNITS[0];
        }
        List<String> words = new ArrayList<>();
        billions(number, words);
        return String.join(" ", words);
    }

    /** Each digit by itself. */
    public String digits(String digits) {
        StringBuilder words = new StringBuilder(digits.length() * 5);
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0) {
                words.append(' ');
            }
            words.append(UNITS[digits.charAt(i) - '0']);
        }
        return words.toString();
    }

    /** The day, month, weekday and rank four is "tư", any other is a cardinal. */
    public String rank(int value) {
        return value == 4 ? "tư" : cardinal(value);
    }

    private void billions(String number, List<String> words) {
        int high = number.length() - BILLION_DIGITS;
        if (high > 0) {
            billions(number.substring(0, high), words);
            words.add("tỷ");
        }
        millions(number.substring(Math.max(high, 0)), high > 0, words);
    }

    /** Up to nine digits; {@code inside} where larger groups were said before. */
    private void millions(String number, boolean inside, List<String> words) {
        String[] names = {"", profile.thousand().word, "triệu"};
        boolean said = inside;
        int groups = (number.length() + GROUP - 1) / GROUP;
        for (int group = groups - 1; group >= 0; group--) {
            int end = number.length() - group * GROUP;
            int value = Integer.parseInt(number.substring(Math.max(end - GROUP, 0), end));
            if (value > 0) {
                hundreds(value, said, group == 0, words);
                if (group > 0) {
                    words.add(names[group]);
                }
                said = true;
            }
        }
    }

    /** One group of three; the profile without "không trăm" says "linh" in the last group only. */
    private void hundreds(int value, boolean inside, boolean last, List<String> words) {
        int hundreds = value / 100;
        int tens = value / 10 % 10;
        int units = value % 10;
        boolean hundredSaid =
                hundreds > 0 || (inside && profile.zeroHundreds() == Profile.ZeroHundreds.SPOKEN);
        if (hundredSaid) {
            words.add(UNITS[hundreds]);
            words.add("trăm");
        }
        if (tens == 0 && units > 0 && (hundredSaid || (inside && last))) {
            words.add(profile.zeroTens().word);
        }
        if (tens == 1) {
            words.add("mười");
        } else if (tens > 1) {
            words.add(UNITS[tens]);
            words.add("mươi");
        }
        if (units > 0) {
            words.add(unit(tens, units));
        }
    }

    private String unit(int tens, int units) {
        if (units == 5 && tens > 0) {
            return "lăm";
        }
        if (units == 1 && tens > 1) {
            return "mốt";
        }
        return units == 4 && tens > 1 ? profile.four().word : UNITS[units];
    }
}
