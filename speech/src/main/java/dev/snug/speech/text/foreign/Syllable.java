package dev.snug.speech.text.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Vietnamese syllable as the grammar of its spelling has it: onset × rhyme × tone.
 *
 * <ul>
 *   <li>An onset is one of {@link #ONSETS}, or none; a rhyme one of {@link #RHYMES}.
 *   <li>c g ng stand before a ă â o ô ơ u ư, and k gh ngh before i e ê (k also before y).
 *   <li>q stands only in qu; y alone as a rhyme only behind h k l m s t th v qu or nothing; a
 *       syllable without onset has yê for iê.
 *   <li>A rhyme that ends in c ch p t has the rising or the heavy tone.
 * </ul>
 *
 * <p>Onsets and rhymes are of Vietnamese words and settled loans (pin, xoong, buýt); f j w z are in
 * none.
 *
 * @param onset as spelled, "qu" and "gi" whole; empty where there is none
 * @param rhyme without tone mark; with its i behind "gi" (giếng is gi + iêng)
 */
record Syllable(String onset, String rhyme, Tone tone) {
    /** Chars: nghiêng is the longest. */
    private static final int CHARACTERS_MAX = 7;

    private static final Set<String> ONSETS =
            words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x");

    private static final Set<String> RHYMES =
            words(
                    "a ai ao au ay âu ây e eo ê êu i ia iu iêu o oi oa oe oai oay oao oeo ô ôi ơ ơi"
                            + " u ua ui uê uy uơ uya uyu uây uôi ư ưa ưi ưu ươi ươu y yêu"
                            + " am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh"
                            + " iêm iên iêng yêm yên yêng om on ong oong ôm ôn ông ơm ơn um un ung"
                            + " uôm uôn uông ưm ưn ưng ươm ươn ương oam oan oang oanh oăm oăn oăng"
                            + " oem oen uân uâng uên uênh uyn uynh uyên yn ynh"
                            + " ap at ac ach ăp ăt ăc âp ât âc ep et ec êp êt êch ip it ich iêp iêt"
                            + " iêc yêt yt op ot oc ooc ôp ôt ôc ơp ơt up ut uc uôt uôc ưt ưc ươp"
                            + " ươt ươc oap oat oac oach oăt oăc oep oet oec uât uêt uêch uyp uyt"
                            + " uych uyêt");

    private static final Set<String> BEFORE_Y = words("h k l m s t th v qu");

    /** Rhymes whose mark stood on the first vowel before the spelling reform: hòa, now hoà. */
    private static final Set<String> TWO_PLACEMENTS = words("oa oe uy");

    private static final String FRONT = "eêi";
    private static final String VOWELS = "aăâeêioôơuưy";

    Syllable {
        if (!isLegal(onset, rhyme, tone)) {
            throw new IllegalArgumentException(
                    "no syllable: %s+%s %s".formatted(onset, rhyme, tone));
        }
    }

    /** Every syllable in the tone that all rhymes have. */
    static List<Syllable> rising() {
        List<Syllable> rising = new ArrayList<>();
        for (String rhyme : RHYMES) {
            rising.addAll(rising("", rhyme));
            ONSETS.forEach(onset -> rising.addAll(rising(onset, rhyme)));
        }
        return rising;
    }

    private static List<Syllable> rising(String onset, String rhyme) {
        return isLegal(onset, rhyme, Tone.RISING)
                ? List.of(new Syllable(onset, rhyme, Tone.RISING))
                : List.of();
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }

    /**
     * The syllable that {@code word} is, in upper or lower case, composed or not; empty where it is
     * none. The tone mark may stand on any vowel, so hoà, hòa and the slip "hòan" are all read.
     */
    static Optional<Syllable> parse(String word) {
        if (word.isEmpty() || word.length() > 3 * CHARACTERS_MAX) {
            return Optional.empty();
        }
        String letters = WordTokens.folded(word);
        if (letters.length() > CHARACTERS_MAX) {
            return Optional.empty();
        }
        Tone tone = Tone.LEVEL;
        StringBuilder level = new StringBuilder();
        for (int at = 0; at < letters.length(); at++) {
            char letter = letters.charAt(at);
            Tone carried = Tone.of(letter).orElse(Tone.LEVEL);
            if (carried != Tone.LEVEL) {
                if (tone != Tone.LEVEL) {
                    return Optional.empty();
                }
                tone = carried;
                letter = carried.without(letter);
            }
            level.append(letter);
        }
        return divided(level.toString(), tone);
    }

    private static Optional<Syllable> divided(String level, Tone tone) {
        for (int length = Math.min(3, level.length()); length >= 0; length--) {
            String onset = level.substring(0, length);
            String rhyme = level.substring(length);
            if (onset.equals("gi") && !isLegal(onset, rhyme, tone)) {
                rhyme = "i" + rhyme;
            }
            if (isLegal(onset, rhyme, tone)) {
                return Optional.of(new Syllable(onset, rhyme, tone));
            }
        }
        return Optional.empty();
    }

    /** Whether the three together make a syllable. */
    static boolean isLegal(String onset, String rhyme, Tone tone) {
        if (!RHYMES.contains(rhyme) || (!onset.isEmpty() && !ONSETS.contains(onset))) {
            return false;
        }
        boolean toned = tone == Tone.RISING || tone == Tone.HEAVY;
        return (toned || !endsInStop(rhyme)) && isSpelledTogether(onset, rhyme);
    }

    static boolean endsInStop(String rhyme) {
        return rhyme.endsWith("ch") || "cpt".indexOf(rhyme.charAt(rhyme.length() - 1)) >= 0;
    }

    private static boolean isSpelledTogether(String onset, String rhyme) {
        char first = rhyme.charAt(0);
        boolean front = FRONT.indexOf(first) >= 0;
        if (first == 'y') {
            return switch (rhyme) {
                case "y" -> onset.isEmpty() || BEFORE_Y.contains(onset);
                case "yn", "ynh", "yt" -> onset.equals("qu");
                case "yên", "yêt" -> onset.isEmpty() || onset.equals("qu");
                default -> onset.isEmpty();
            };
        }
        return switch (onset) {
            case "" -> !rhyme.startsWith("iê");
            case "k", "gh", "ngh" -> front;
            case "c", "g", "ng" -> !front;
            case "qu" ->
                    rhyme.equals("ôc")
                            || ("aăâeêiơ".indexOf(first) >= 0 && !rhyme.startsWith("iê"));
            case "gi" -> !rhyme.equals("ia") && !rhyme.equals("iu") && !rhyme.equals("iêu");
            default -> true;
        };
    }

    /** The syllable in lower case, its mark where schools put it today: hoà, quý, giếng. */
    String spelled() {
        StringBuilder marked = new StringBuilder(rhyme);
        int carrier = carrier();
        marked.setCharAt(carrier, tone.on(rhyme.charAt(carrier)));
        boolean sharesI = onset.equals("gi") && rhyme.charAt(0) == 'i';
        return (sharesI ? "g" : onset) + marked;
    }

    /** Which letter of the rhyme carries the mark. */
    private int carrier() {
        int vowels = 0;
        while (vowels < rhyme.length() && VOWELS.indexOf(rhyme.charAt(vowels)) >= 0) {
            vowels++;
        }
        for (int at = vowels - 1; at >= 0; at--) {
            // ê, ơ and the like carry it wherever they stand; of ươ the second does.
            if ("ăâêôơư".indexOf(rhyme.charAt(at)) >= 0) {
                return at;
            }
        }
        boolean isOpen = vowels == rhyme.length();
        if (!isOpen) {
            return vowels - 1;
        }
        return vowels == 3 || TWO_PLACEMENTS.contains(rhyme) ? 1 : 0;
    }
}
