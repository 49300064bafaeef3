package dev.snug.speech.text.foreign;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the legal syllable that is nearest to an onset, a vowel and a coda. */
final class SpokenSyllable {
    private static final String FRONT = "eêi";

    /** What was found; onsets, vowels and codas are few, so this ends at some thousand entries. */
    private static final Map<String, String> FOUND = new ConcurrentHashMap<>();

    private SpokenSyllable() {}

    /**
     * The syllable, or two with a space between where Vietnamese has no single one.
     *
     * @param onset as in "c" for k, may end in w; may be empty
     * @param vowel as Vietnamese spells it; a mark on it is the tone
     * @param coda c m n ng p t or empty
     */
    static String of(String onset, String vowel, String coda) {
        return FOUND.computeIfAbsent(
                onset + "|" + vowel + "|" + coda, absent -> found(onset, vowel, coda));
    }

    private static String found(String onset, String vowel, String coda) {
        Tone tone = tone(vowel);
        String level = level(vowel, tone);
        boolean glides = onset.endsWith("w");
        String before = glides ? onset.substring(0, onset.length() - 1) : onset;
        if (!glides) {
            return plain(before, level, coda, tone);
        }
        Optional<String> one = legal(before, glide(level, coda), coda, tone);
        return one.orElseGet(
                () -> plain(before, "u", "", Tone.LEVEL) + " " + plain("", level, coda, tone));
    }

    private static Tone tone(String vowel) {
        for (int at = 0; at < vowel.length(); at++) {
            Tone tone = Tone.of(vowel.charAt(at)).orElse(Tone.LEVEL);
            if (tone != Tone.LEVEL) {
                return tone;
            }
        }
        return Tone.LEVEL;
    }

    private static String level(String vowel, Tone tone) {
        StringBuilder level = new StringBuilder();
        for (int at = 0; at < vowel.length(); at++) {
            char letter = vowel.charAt(at);
            level.append(Tone.of(letter).equals(Optional.of(tone)) ? tone.without(letter) : letter);
        }
        return level.toString();
    }

    /** The vowel with the w before it; work is uốc. */
    private static String glide(String vowel, String coda) {
        if (vowel.equals("ơ") && !coda.isEmpty()) {
            return "uô";
        }
        return switch (vowel.charAt(0)) {
            case 'a', 'ă', 'e' -> "o" + vowel;
            case 'i' -> "uy" + vowel.substring(1);
            case 'u' -> vowel;
            default -> "u" + vowel;
        };
    }

    private static String plain(String onset, String vowel, String coda, Tone tone) {
        return legal(onset, vowel, coda, tone)
                .or(() -> legal(onset, monophthong(vowel), coda, tone))
                .or(() -> legal(onset, vowel, "", tone))
                .or(() -> legal(onset, monophthong(vowel), "", tone))
                // What is left is qu before a round vowel: quota is cô ta.
                .or(() -> legal(onset.equals("qu") ? "c" : onset, vowel, coda, tone))
                .or(() -> legal("c", vowel, "", tone))
                .orElseThrow();
    }

    private static Optional<String> legal(String onset, String vowel, String coda, Tone tone) {
        String rhyme = rhyme(vowel, coda);
        String letters = onset(onset, rhyme);
        Tone heard = Respelling.isStop(coda) ? Tone.RISING : tone;
        return Syllable.isLegal(letters, rhyme, heard)
                ? Optional.of(new Syllable(letters, rhyme, heard).spelled())
                : Optional.empty();
    }

    private static String rhyme(String vowel, String coda) {
        return switch (vowel + "+" + coda) {
            case "i+c", "uy+c", "ê+c", "uê+c" -> vowel + "ch";
            case "i+ng", "uy+ng", "ê+ng", "uê+ng" -> vowel + "nh";
            case "ơ+c" -> "âc";
            case "ơ+ng" -> "âng";
            case "ă+" -> "a";
            case "â+" -> "ơ";
            default -> vowel + coda;
        };
    }

    /** The vowel that is left of a diphthong before a coda, where one is heard. */
    private static String monophthong(String vowel) {
        return switch (vowel) {
            case "ây" -> "ê";
            case "âu" -> "ô";
            case "ia" -> "i";
            default -> vowel;
        };
    }

    private static String onset(String onset, String rhyme) {
        boolean front = FRONT.indexOf(rhyme.charAt(0)) >= 0;
        return switch (onset) {
            case "c" -> front ? "k" : "c";
            case "g" -> front ? "gh" : "g";
            case "ng" -> front ? "ngh" : "ng";
            default -> onset;
        };
    }
}
