package dev.snug.speech.text.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An English word in Vietnamese syllables: its sounds by {@link SoundRules}, then syllables that
 * the grammar of {@link Syllable} allows.
 *
 * <ol>
 *   <li>Each vowel makes a syllable. Of the consonants before it the last (or tr, or one with w) is
 *       its onset; others before it at the start of the word become syllables of their own with ờ
 *       (xờ, bờ).
 *   <li>Between vowels the first of several consonants closes the syllable before; but s becomes
 *       xờ, one before r gets ờ of its own, and l before another is not heard.
 *   <li>A coda becomes what Vietnamese has: b f v p, t d th s z sh ch j t, k g c (ch behind i and
 *       ê), l n. Behind a diphthong there is none, but ây becomes ê.
 *   <li>A syllable with a stop at its end rises; all others are level, ờ falls.
 * </ol>
 */
final class Respelling {
    private static final Map<String, String> ONSETS =
            Map.ofEntries(
                    Map.entry("d", "đ"),
                    Map.entry("f", "ph"),
                    Map.entry("j", "gi"),
                    Map.entry("k", "c"),
                    Map.entry("kw", "qu"),
                    Map.entry("s", "x"),
                    Map.entry("sh", "s"),
                    Map.entry("y", "d"),
                    Map.entry("z", "d"));

    private static final Map<String, String> CODAS =
            Map.ofEntries(
                    Map.entry("b", "p"),
                    Map.entry("p", "p"),
                    Map.entry("f", "p"),
                    Map.entry("v", "p"),
                    Map.entry("t", "t"),
                    Map.entry("d", "t"),
                    Map.entry("th", "t"),
                    Map.entry("s", "t"),
                    Map.entry("z", "t"),
                    Map.entry("sh", "t"),
                    Map.entry("ch", "t"),
                    Map.entry("j", "t"),
                    Map.entry("k", "c"),
                    Map.entry("g", "c"),
                    Map.entry("l", "n"),
                    Map.entry("m", "m"),
                    Map.entry("n", "n"),
                    Map.entry("ng", "ng"));

    private static final String VOWEL_STARTS = "aăâeêioôơuầồ";
    private static final Set<String> STOPS = Set.of("p", "t", "c");

    private final SoundRules rules = SoundRules.bundled();

    /**
     * The syllables of {@code word}, with spaces between.
     *
     * @param word at least one of the letters a to z
     */
    String of(String word) {
        List<String> sounds = rules.sounds(word);
        List<String> spoken = new ArrayList<>();
        int at = 0;
        boolean first = true;
        while (at < sounds.size()) {
            int vowel = at;
            while (vowel < sounds.size() && !isVowel(sounds.get(vowel))) {
                vowel++;
            }
            if (vowel == sounds.size()) {
                // No vowel is left: only a word without any comes here.
                sounds.subList(at, vowel).forEach(consonant -> spoken.add(alone(consonant)));
                break;
            }
            int onset = onsetStart(sounds, at, vowel);
            for (int lone = at; lone < onset; lone++) {
                if (first || sounds.get(lone).equals("s") || isBeforeLiquid(sounds, lone, vowel)) {
                    spoken.add(alone(sounds.get(lone)));
                }
            }
            int next = vowel + 1;
            while (next < sounds.size() && !isVowel(sounds.get(next))) {
                next++;
            }
            int rest = codaEnd(sounds, vowel + 1, next);
            String coda = coda(sounds.subList(vowel + 1, rest));
            spoken.add(SpokenSyllable.of(onset(sounds, onset, vowel), sounds.get(vowel), coda));
            at = next == sounds.size() ? next : rest;
            first = false;
        }
        // Letters that are all silent are named instead.
        return spoken.isEmpty() ? LetterNames.of(word).orElseThrow() : String.join(" ", spoken);
    }

    /** Whether the consonant stands before another and an l or r that begins the syllable. */
    private static boolean isBeforeLiquid(List<String> sounds, int lone, int vowel) {
        return lone == vowel - 2 && isLiquid(sounds.get(vowel - 1));
    }

    private static boolean isLiquid(String sound) {
        return sound.equals("l") || sound.equals("r");
    }

    private static boolean isSonorant(String sound) {
        return isLiquid(sound) || sound.equals("m") || sound.equals("n") || sound.equals("ng");
    }

    private static boolean isVowel(String sound) {
        return VOWEL_STARTS.indexOf(sound.charAt(0)) >= 0;
    }

    /** Where the onset of the vowel begins: one consonant, tr, or one and w. */
    private static int onsetStart(List<String> sounds, int from, int vowel) {
        int length = Math.min(vowel - from, 1);
        if (vowel - from >= 2) {
            String last = sounds.get(vowel - 1);
            String before = sounds.get(vowel - 2);
            boolean pair = (last.equals("r") && before.equals("t")) || last.equals("w");
            length = pair && !isLiquid(before) ? 2 : 1;
        }
        return vowel - length;
    }

    /**
     * How far the consonants from {@code from} up to the vowel at {@code next} close what is
     * before.
     */
    private static int codaEnd(List<String> sounds, int from, int next) {
        if (next == sounds.size()) {
            return next;
        }
        int count = next - from;
        if (count <= 1) {
            return from;
        }
        boolean beforeR =
                count == 2 && sounds.get(from + 1).equals("r") && !isSonorant(sounds.get(from));
        if (beforeR || sounds.get(from).equals("s")) {
            return from;
        }
        // l and r close nothing themselves, but a stop behind them may.
        boolean passes = isLiquid(sounds.get(from)) && count >= 3;
        return from + (passes && !sounds.get(from + 1).equals("s") ? 2 : 1);
    }

    /** The coda that these consonants leave, empty where there is none. */
    private static String coda(List<String> consonants) {
        // The s of a plural is not heard behind another consonant.
        int size = consonants.size();
        int heard = size > 1 && consonants.getLast().equals("s") ? size - 1 : size;
        for (int at = 0; at < heard; at++) {
            boolean isLast = at == heard - 1;
            String consonant = consonants.get(at);
            if (CODAS.containsKey(consonant) && (isLast || !consonant.equals("l"))) {
                return CODAS.getOrDefault(consonant, "");
            }
        }
        return "";
    }

    private static String alone(String consonant) {
        String onset = ONSETS.getOrDefault(consonant, consonant);
        return switch (onset) {
            case "w" -> "u";
            case "qu" -> "quờ";
            default -> new Syllable(onset, "ơ", Tone.FALLING).spelled();
        };
    }

    private static String onset(List<String> sounds, int from, int vowel) {
        StringBuilder onset = new StringBuilder();
        for (String sound : sounds.subList(from, vowel)) {
            onset.append(ONSETS.getOrDefault(sound, sound));
        }
        return onset.toString();
    }

    /** Whether a rhyme that ends in {@code coda} rises. */
    static boolean isStop(String coda) {
        return STOPS.contains(coda);
    }
}
