package dev.snug.speech.text.aloud;

import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clean text as a number of a known kind in words; empty where the text is no such number.
 * "1.234" and "1,234" are taken as the normaliser takes them, by the profile.
 */
final class NumberReading {
    private static final Pattern SIGNED = Pattern.compile("([-–+]?) ?([0-9].*)");
    private static final Pattern PLAIN = Pattern.compile("([0-9]+)(?:[.,]([0-9]+))?");
    private static final Pattern GROUPED =
            Pattern.compile(
                    "([1-9][0-9]{0,2}(?:(?:\\.[0-9]{3})++(?=,|$)"
                            + "|(?:,[0-9]{3})++(?=\\.|$)"
                            + "|(?: [0-9]{3})++))(?:[.,]([0-9]+))?");

    /** One mark before three digits: thousands or decimals. */
    private static final Pattern EITHER = Pattern.compile("[1-9][0-9]{0,2}[.,][0-9]{3}");

    private static final Pattern FRACTION =
            Pattern.compile("([-–]?) ?(?:([0-9]+) ?[ +] ?)?([0-9]+) ?/ ?([0-9]+)");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+(?:[ .,–-]{1,3}[0-9]+)*+");
    private static final Pattern TELEPHONE =
            Pattern.compile(
                    "(\\(?\\+)? ?([0-9*#(][0-9*#() ./–-]*?)"
                            + "(?:,? ?(?:ext\\.?|x|máy lẻ|số máy lẻ|nhánh) ?([0-9]+))?",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern TRUNK = Pattern.compile("\\( ?0 ?\\)");
    private static final Pattern PIECE = Pattern.compile("[0-9]+|[^0-9]+");

    private final Numbers numbers;

    NumberReading(Numbers numbers) {
        this.numbers = numbers;
    }

    /** "1.234.567", "-5", "3,14", "007". */
    Optional<String> cardinal(String text) {
        Matcher signed = SIGNED.matcher(text);
        if (!signed.matches()) {
            return Optional.empty();
        }
        String sign =
                switch (signed.group(1)) {
                    case "" -> "";
                    case "+" -> "cộng ";
                    default -> "âm ";
                };
        return unsigned(signed.group(2)).map(said -> sign + said);
    }

    private Optional<String> unsigned(String text) {
        Matcher number = (isGrouped(text) ? GROUPED : PLAIN).matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        String whole = numbers.cardinal(number.group(1).replaceAll("[^0-9]", ""));
        String fraction = number.group(2);
        return Optional.of(fraction == null ? whole : whole + " phẩy " + numbers.digits(fraction));
    }

    private boolean isGrouped(String text) {
        if (!EITHER.matcher(text).matches()) {
            return GROUPED.matcher(text).matches();
        }
        Profile.Mark mark = numbers.profile().mark();
        if (text.indexOf('.') > 0) {
            return mark != Profile.Mark.POINT;
        }
        return switch (mark) {
            case COMMA -> false;
            case MIXED -> text.endsWith("000");
            case POINT -> true;
        };
    }

    /** "1" is "thứ nhất", "4" is "thứ tư". */
    Optional<String> ordinal(String text) {
        return text.matches("[0-9]+") || (EITHER.matcher(text).matches() && isGrouped(text))
                ? Optional.of("thứ " + rank(text.replaceAll("[^0-9]", "").replaceFirst("^0+", "")))
                : Optional.empty();
    }

    private String rank(String digits) {
        return switch (digits) {
            case "" -> numbers.cardinal(0);
            case "1" -> "nhất";
            case "4" -> numbers.rank(4);
            default -> numbers.cardinal(digits);
        };
    }

    /** "3/4", "1 1/2", "1+1/2"; nothing has zero parts. */
    Optional<String> fraction(String text) {
        Matcher parts = FRACTION.matcher(text);
        if (!parts.matches() || parts.group(4).matches("0+")) {
            return Optional.empty();
        }
        String under = parts.group(4).replaceFirst("^0+", "");
        String sign = parts.group(1).isEmpty() ? "" : "âm ";
        String whole = parts.group(2) == null ? "" : numbers.cardinal(parts.group(2)) + " và ";
        String name = under.equals("4") ? numbers.rank(4) : numbers.cardinal(under);
        return Optional.of(sign + whole + numbers.cardinal(parts.group(3)) + " phần " + name);
    }

    /** Digit by digit, a point and a comma by name, a pause where a space or dash stands. */
    Optional<String> digits(String text) {
        if (!DIGITS.matcher(text).matches()) {
            return Optional.empty();
        }
        StringBuilder said = new StringBuilder();
        for (Matcher piece = PIECE.matcher(text); piece.find(); ) {
            switch (piece.group()) {
                case "." -> said.append(" chấm ");
                case "," -> said.append(" phẩy ");
                case String written when isDigit(written.charAt(0)) ->
                        said.append(numbers.digits(written));
                default -> said.append(", ");
            }
        }
        return Optional.of(said.toString());
    }

    /**
     * Digit by digit, a pause between the groups as they are written and behind the country code,
     * "+" by name.
     *
     * @param country the country code, or empty where it is not known
     */
    Optional<String> telephone(String text, String country) {
        Matcher parts = TELEPHONE.matcher(text);
        if (!parts.matches() || parts.group(2).chars().noneMatch(c -> isDigit((char) c))) {
            return Optional.empty();
        }
        boolean international = parts.group(1) != null;
        String written = parts.group(2);
        if (international) {
            // "+84 (0) 912": the zero is dialled inside the country only.
            written = TRUNK.matcher(written).replaceAll(" ");
            boolean known = !country.isEmpty() && written.startsWith(country);
            written = known ? country + " " + written.substring(country.length()) : written;
        }
        String extension = parts.group(3);
        String behind = extension == null ? "" : ", máy lẻ " + numbers.digits(extension);
        return Optional.of((international ? "cộng " : "") + groups(written) + behind);
    }

    private String groups(String written) {
        StringBuilder said = new StringBuilder();
        boolean apart = false;
        for (int at = 0; at < written.length(); at++) {
            char sign = written.charAt(at);
            String word =
                    switch (sign) {
                        case '*' -> "sao";
                        case '#' -> "thăng";
                        default -> isDigit(sign) ? numbers.digits(String.valueOf(sign)) : "";
                    };
            if (!word.isEmpty() && !said.isEmpty()) {
                said.append(apart ? ", " : " ");
            }
            apart = word.isEmpty();
            said.append(word);
        }
        return said.toString();
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }
}
