package dev.snug.speech.text.foreign;

import java.util.HashSet;
import java.util.Set;

/** All syllables as they are typed without marks: a to z, some 2,400 of them. */
final class UnmarkedSyllables {
    private static final Set<String> ALL = all();

    private UnmarkedSyllables() {}

    static boolean contains(String letters) {
        return ALL.contains(letters);
    }

    private static Set<String> all() {
        Set<String> all = new HashSet<>();
        for (Syllable syllable : Syllable.rising()) {
            all.add(LatinLetters.plain(syllable.spelled()).orElseThrow());
        }
        return Set.copyOf(all);
    }
}
