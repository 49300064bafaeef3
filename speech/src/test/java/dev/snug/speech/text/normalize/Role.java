package dev.snug.speech.text.normalize;

import java.util.Locale;
import java.util.Random;

/** What a number in a case of the public suite stands for, seen from its file and neighbours. */
enum Role {
    CARDINAL,
    /** Said one by one, behind a comma. */
    DIGITS,
    /** Hundredths of a currency. */
    CENTS,
    /** Hundreds, tens and units behind "1tr". */
    SCALED,
    DAY,
    MONTH,
    YEAR,
    HOUR,
    MINUTE,
    /** Four is "tư", one "nhất". */
    ORDINAL,
    DENOMINATOR,
    /** Of a mixed number: one, below every denominator. */
    PROPER,
    NUMERATOR;

    static Role of(String file, String before, String number, String after) {
        String kind = file.substring(file.lastIndexOf('_') + 1);
        if (before.matches(".*\\d(tr|t|k)")) {
            return SCALED;
        }
        if (before.matches(".*\\d,")) {
            return kind.equals("money") && after.matches("[$€].*") ? CENTS : DIGITS;
        }
        return switch (kind) {
            case "date" ->
                    number.length() == 4
                            ? YEAR
                            : before.matches("(?s).*(\\d[/.-]|tháng )") ? MONTH : DAY;
            case "ordinal" -> ORDINAL;
            case "time" -> time(before, after);
            case "range" -> after.matches(":\\d\\d.*") ? HOUR : CARDINAL;
            default -> {
                if (before.endsWith("/")) {
                    yield DENOMINATOR;
                }
                if (kind.equals("fraction") && before.endsWith(" ")) {
                    yield PROPER;
                }
                yield after.matches("/\\d.*") ? NUMERATOR : CARDINAL;
            }
        };
    }

    private static Role time(String before, String after) {
        boolean second = before.matches(".*(:|\\d[hgp]|giờ |phút )");
        boolean hour = after.matches("([hg:]| giờ).*");
        return hour && !second ? HOUR : MINUTE;
    }

    /** The words of {@code digits}, marks of thousands allowed. */
    String say(String digits) {
        String plain = digits.replace(".", "");
        long value = plain.length() > 18 ? 0 : Long.parseLong(plain);
        return switch (this) {
            case DIGITS -> NumberWords.digits(plain);
            case CENTS -> NumberWords.say(Long.parseLong((plain + "0").substring(0, 2)));
            case SCALED -> NumberWords.say(Long.parseLong((plain + "00").substring(0, 3)));
            case MONTH, DENOMINATOR -> value == 4 ? "tư" : NumberWords.say(value);
            case ORDINAL -> value == 1 ? "nhất" : value == 4 ? "tư" : NumberWords.say(value);
            default -> plain.length() > 18 ? "" : NumberWords.say(value);
        };
    }

    /** Another number of the same shape that this can be. */
    String another(String old, Random random) {
        return switch (this) {
            case DAY -> padded(1 + random.nextInt(28), old);
            case MONTH -> padded(1 + random.nextInt(12), old);
            case YEAR -> Integer.toString(1900 + random.nextInt(200));
            case HOUR -> padded(random.nextInt(24), old);
            case MINUTE -> padded(1 + random.nextInt(59), old);
            case PROPER -> "1";
            case NUMERATOR -> Integer.toString(21 + random.nextInt(30));
            case DENOMINATOR -> Integer.toString(2 + random.nextInt(19));
            case CENTS -> Integer.toString(10 + random.nextInt(90)).substring(0, old.length());
            case DIGITS, SCALED -> digits(old.length(), random);
            default -> grouped(old, random);
        };
    }

    private static String padded(int value, String old) {
        return old.length() == 2
                ? String.format(Locale.ROOT, "%02d", value)
                : Integer.toString(value);
    }

    private static String digits(int length, Random random) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < length; i++) {
            digits.append(1 + random.nextInt(9));
        }
        return digits.toString();
    }

    private static String grouped(String old, Random random) {
        StringBuilder fresh = new StringBuilder(old);
        for (int i = 0; i < old.length(); i++) {
            if (old.charAt(i) != '.') {
                int least = i == 0 ? 1 : 0;
                fresh.setCharAt(i, (char) ('0' + least + random.nextInt(10 - least)));
            }
        }
        return fresh.toString();
    }
}
