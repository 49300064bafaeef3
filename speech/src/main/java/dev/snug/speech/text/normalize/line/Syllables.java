package dev.snug.speech.text.normalize.line;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The set of Vietnamese syllables by the rules of spelling: an onset, a rime, a tone, the tone in
 * the old place or the new one. About 20,000 strings of up to {@link #LENGTH_MAX} letters, each
 * kept as a long of seven bits a letter, so that asking costs neither memory nor collisions.
 *
 * <p>A rime that ends in c, ch, p or t has the tones sắc and nặng only: "hot" is no syllable, "hót"
 * is. Without this most short English words would pass.
 */
public final class Syllables {
    /** Letters of "nghiêng", the longest. */
    public static final int LENGTH_MAX = 7;

    private static final String LETTERS =
            "abcdefghijklmnopqrstuvwxyz"
                    + "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệđìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
    private static final byte[] CODES = new byte[0x1F00];

    private static final String VOWELS = "aăâeêioôơuưy";
    private static final String TONED =
            "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ";
    private static final int TONES = 6;
    private static final int SAC = 2;
    private static final int NANG = 5;

    private static final String[] BROAD = {
        "", "b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "p", "ph", "r",
        "s", "t", "th", "tr", "v", "x"
    };
    private static final String[] SLENDER = {
        "", "b", "ch", "d", "đ", "gh", "h", "k", "kh", "l", "m", "n", "ngh", "nh", "p", "ph", "r",
        "s", "t", "th", "tr", "v", "x"
    };
    private static final String BROAD_RIMES =
            "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây o"
                + " oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe"
                + " oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng"
                + " ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn"
                + " uông uôp uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn"
                + " ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu";
    private static final String SLENDER_RIMES =
            "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu"
                    + " im in inh ip it iu y";

    /** Rimes that only stand alone: "yêu", "yết". */
    private static final String BARE_RIMES = "yêm yên yêng yêt yêu ych ynh";

    /** Rimes after "qu", whose u belongs to the onset. */
    private static final String QU_RIMES =
            "a ac ach ai am an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eo et"
                    + " ê êch ên ênh êt êu i ich inh it iu in y ych yên yêt ynh yt ơ ơi ôc";

    /** Rimes after "gi", whose i belongs to the onset; "gì" and "giếng" are written with one i. */
    private static final String GI_RIMES =
            "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âp ât âu ây e em eo"
                    + " ep et ê ên êng êt êu o oi om on ong ôc ôi ôn ông ơ ơi u uc ui um un ung uôc"
                    + " uông ư ưa ưt ươc ương ươi";

    private static final long[] TABLE = new long[1 << 16];

    static {
        for (int i = 0; i < LETTERS.length(); i++) {
            CODES[LETTERS.charAt(i)] = (byte) (i + 1);
        }
        for (String rime : BROAD_RIMES.split(" ", -1)) {
            add(rime, BROAD);
        }
        for (String rime : SLENDER_RIMES.split(" ", -1)) {
            add(rime, SLENDER);
        }
        add("uê", "k");
        add("uy", "k");
        for (String rime : BARE_RIMES.split(" ", -1)) {
            add(rime, "");
        }
        for (String rime : QU_RIMES.split(" ", -1)) {
            add(rime, "qu");
        }
        for (String rime : GI_RIMES.split(" ", -1)) {
            add(rime, "gi");
        }
        add("i", "g");
        add("iêng", "g");
        add("in", "g");
    }

    private Syllables() {}

    /** Whether {@code word}, lower case, is a syllable. */
    public static boolean contains(String word) {
        return contains(word.toCharArray(), 0, word.length());
    }

    /** Whether the lower-case letters from {@code from} to before {@code to} are a syllable. */
    public static boolean contains(char[] letters, int from, int to) {
        if (to - from > LENGTH_MAX) {
            return false;
        }
        long key = 0;
        for (int i = from; i < to; i++) {
            int code = letters[i] < CODES.length ? CODES[letters[i]] : 0;
            if (code == 0) {
                return false;
            }
            key = key << 7 | code;
        }
        for (int slot = slot(key); TABLE[slot] != 0; slot = slot + 1 & TABLE.length - 1) {
            if (TABLE[slot] == key) {
                return true;
            }
        }
        return false;
    }

    private static void add(String rime, String... onsets) {
        char last = rime.charAt(rime.length() - 1);
        boolean stopped = last == 'c' || last == 'p' || last == 't' || rime.endsWith("ch");
        Set<String> toned = new HashSet<>();
        for (int tone = 0; tone < TONES; tone++) {
            if (!stopped || tone == SAC || tone == NANG) {
                toned.addAll(Arrays.asList(toned(rime, tone)));
            }
        }
        for (String onset : onsets) {
            for (String rimeWithTone : toned) {
                put(onset + rimeWithTone);
            }
        }
    }

    /** The rime with the tone in the new place, and in the old one where that differs. */
    private static String[] toned(String rime, int tone) {
        int vowels = 0;
        while (vowels < rime.length() && VOWELS.indexOf(plain(rime.charAt(vowels))) >= 0) {
            vowels++;
        }
        boolean open = vowels == rime.length();
        boolean glide = rime.startsWith("oa") || rime.startsWith("oe") || rime.startsWith("uy");
        int place = vowels == 1 ? 0 : vowels == 2 && open && !glide ? 0 : 1;
        for (int i = 0; i < vowels; i++) {
            if ("ăâêôơư".indexOf(rime.charAt(i)) >= 0) {
                place = i;
            }
        }
        if (glide && vowels == 2 && open) {
            return new String[] {withTone(rime, 1, tone), withTone(rime, 0, tone)};
        }
        return new String[] {withTone(rime, place, tone)};
    }

    private static char plain(char letter) {
        int at = TONED.indexOf(letter);
        return at < 0 ? letter : TONED.charAt(at - at % TONES);
    }

    private static String withTone(String rime, int place, int tone) {
        int vowel = TONED.indexOf(plain(rime.charAt(place)));
        return rime.substring(0, place) + TONED.charAt(vowel + tone) + rime.substring(place + 1);
    }

    private static void put(String syllable) {
        long key = 0;
        for (int i = 0; i < syllable.length(); i++) {
            key = key << 7 | CODES[syllable.charAt(i)];
        }
        int slot = slot(key);
        while (TABLE[slot] != 0 && TABLE[slot] != key) {
            slot = slot + 1 & TABLE.length - 1;
        }
        TABLE[slot] = key;
    }

    private static int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 48);
    }
}
