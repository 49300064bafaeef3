package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.LetterNames;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * E-mail addresses and places on the web, sign by sign: "a còng", "chấm", "gạch chéo". The scheme
 * in front ("https://") is not said.
 */
final class Electronic implements Rule {
    /** Tokens of the longest address that is read as one. */
    private static final int TOKENS_MAX = 200;

    private static final Set<String> SCHEMES = Set.of("http", "https", "ftp");
    private static final Set<String> TOPS =
            Set.of(
                    "com", "vn", "net", "org", "edu", "gov", "info", "io", "tv", "me", "co", "app",
                    "dev", "asia", "biz", "xyz", "shop", "online", "site", "ai", "uk", "jp", "fr");
    private static final Map<Character, String> SIGNS =
            Map.ofEntries(
                    Map.entry('.', "chấm"),
                    Map.entry('@', "a còng"),
                    Map.entry('/', "gạch chéo"),
                    Map.entry('-', "gạch ngang"),
                    Map.entry('_', "gạch dưới"),
                    Map.entry(':', "hai chấm"),
                    Map.entry('?', "chấm hỏi"),
                    Map.entry('=', "bằng"),
                    Map.entry('&', "và"),
                    Map.entry('%', "phần trăm"),
                    Map.entry('#', "thăng"),
                    Map.entry('+', "cộng"),
                    Map.entry('~', "ngã"));

    private final Numbers numbers;
    private final UnaryOperator<String> foreign;
    private final Map<String, String> known = new HashMap<>();

    Electronic(Numbers numbers, UnaryOperator<String> foreign) {
        this.numbers = numbers;
        this.foreign = foreign;
        for (List<String> row : Table.rows("electronic.tsv", 2)) {
            known.put(row.getFirst(), row.get(1));
        }
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        boolean opens = line.isBlank(at - 1) || line.isOneOf(at - 1, "(\"'<[:,");
        if (!opens || (!line.isWord(at) && !line.isNumber(at))) {
            return null;
        }
        int end = at;
        int first = at;
        boolean mail = false;
        while (end < at + TOKENS_MAX && isPart(line, end)) {
            mail |= line.is(end, '@');
            end++;
        }
        while (end > at
                && !line.isWord(end - 1)
                && !line.isNumber(end - 1)
                && !line.is(end - 1, '/')) {
            end--;
        }
        boolean scheme = SCHEMES.contains(line.lower(at)) && line.startsWith(at + 1, "://", true);
        if (scheme) {
            first = at + 4;
        } else if (mail ? !isMail(line, at, end) : !isHost(line, at, end)) {
            return null;
        }
        return first >= end
                ? null
                : new Match(end, spoken(line, first, end), SemioticClass.ELECTRONIC);
    }

    private static boolean isPart(Line line, int token) {
        char first = line.first(token);
        return line.isNumber(token)
                || (line.isWord(token) && first < 0x80)
                || (line.size(token) == 1 && SIGNS.containsKey(first));
    }

    private static boolean isMail(Line line, int at, int end) {
        int signs = 0;
        boolean point = false;
        for (int i = at; i < end; i++) {
            signs += line.is(i, '@') ? 1 : 0;
            point |= signs == 1 && line.is(i, '.') && line.isWord(i + 1);
        }
        return signs == 1 && point;
    }

    /** Whether a name of a host stands there: "www.…", or an end such as ".vn". */
    private static boolean isHost(Line line, int at, int end) {
        boolean web = line.isWord(at, "www") && line.is(at + 1, '.');
        int i = at;
        boolean top = false;
        while (i < end && (line.isWord(i) || line.isNumber(i))) {
            top = line.isWord(i) && TOPS.contains(line.lower(i)) && i > at;
            boolean joined = line.isWord(i + 1) || line.isNumber(i + 1);
            i++;
            if (!joined) {
                if (!line.isOneOf(i, ".-") || i + 1 >= end) {
                    break;
                }
                i++;
            }
        }
        boolean bounded = i >= end || line.isOneOf(i, "/:?#");
        boolean lower = !line.isCapitalised(i - 1) || line.isUpper(at) || web;
        return bounded && lower && (web || top);
    }

    private String spoken(Line line, int from, int end) {
        StringBuilder spoken = new StringBuilder();
        for (int i = from; i < end; i++) {
            String part;
            if (line.isNumber(i)) {
                part =
                        line.size(i) <= 2 && line.first(i) != '0'
                                ? numbers.cardinal(line.text(i))
                                : numbers.digits(line.text(i));
            } else if (line.isWord(i)) {
                part = word(line, i);
            } else {
                part = i == end - 1 ? "" : SIGNS.getOrDefault(line.first(i), "");
            }
            spoken.append(spoken.isEmpty() || part.isEmpty() ? "" : " ").append(part);
        }
        return spoken.toString();
    }

    private static boolean isVowel(int letter) {
        return "aeiou".indexOf(letter) >= 0;
    }

    /** Words that can be pronounced are said; others are spelled. */
    private String word(Line line, int token) {
        String lower = line.lower(token);
        String name = known.get(lower);
        if (name != null) {
            return name;
        }
        if (line.isSyllable(token)) {
            return lower;
        }
        boolean vowel = lower.chars().anyMatch(Electronic::isVowel);
        boolean closed =
                lower.length() == 3
                        && !isVowel(lower.charAt(0))
                        && isVowel(lower.charAt(1))
                        && !isVowel(lower.charAt(2));
        return vowel && (lower.length() > 3 || closed)
                ? foreign.apply(lower)
                : LetterNames.spell(lower);
    }
}
