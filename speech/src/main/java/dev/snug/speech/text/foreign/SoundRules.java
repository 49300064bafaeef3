package dev.snug.speech.text.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Letter-to-sound rules for English words, as Vietnamese ears hear them. The rules and what their
 * signs mean stand in letter-to-sound.txt. Each letter is looked at once, with a context of a few
 * letters: time in proportion to the word.
 */
final class SoundRules {
    private static final Pattern LINE =
            Pattern.compile("(\\S*) *\\[([a-z]+)] *(\\S*) = (\\S+(?: \\S+)*)");

    private static final String VOWELS = "aeiouy";

    /** By the first letter, from a. */
    private final List<List<Rule>> rules;

    private SoundRules(List<List<Rule>> rules) {
        this.rules = rules;
    }

    private record Rule(String left, String letters, String right, List<String> sounds) {
        boolean fits(String word, int at) {
            int end = at + letters.length();
            if (!word.startsWith(letters, at)) {
                return false;
            }
            for (int i = 0; i < right.length(); i++) {
                if (!fits(right.charAt(i), word, end + i)) {
                    return false;
                }
            }
            for (int i = 0; i < left.length(); i++) {
                if (!fits(left.charAt(i), word, at - left.length() + i)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean fits(char sign, String word, int at) {
            if (sign == '^') {
                return at == -1;
            }
            if (sign == '$') {
                return at == word.length();
            }
            if (at < 0 || at >= word.length()) {
                return false;
            }
            char letter = word.charAt(at);
            return switch (sign) {
                case 'V' -> VOWELS.indexOf(letter) >= 0;
                case 'C' -> VOWELS.indexOf(letter) < 0;
                case 'E' -> "eiy".indexOf(letter) >= 0;
                default -> letter == sign;
            };
        }
    }

    /** The rules of letter-to-sound.txt, read when they are first asked for. */
    static SoundRules bundled() {
        return Bundled.RULES;
    }

    private static final class Bundled {
        static final SoundRules RULES = read();
    }

    private static SoundRules read() {
        List<List<Rule>> rules = new ArrayList<>();
        for (char letter = 'a'; letter <= 'z'; letter++) {
            rules.add(new ArrayList<>());
        }
        for (String line : BundledTable.lines("letter-to-sound.txt")) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IllegalStateException("letter-to-sound.txt has a broken line: " + line);
            }
            Rule rule =
                    new Rule(
                            parts.group(1),
                            parts.group(2),
                            parts.group(3),
                            List.of(parts.group(4).split(" ")));
            rules.get(rule.letters().charAt(0) - 'a').add(rule);
        }
        return new SoundRules(rules);
    }

    /**
     * The sounds of {@code word}.
     *
     * @param word letters a to z
     */
    List<String> sounds(String word) {
        List<String> sounds = new ArrayList<>();
        for (int at = 0; at < word.length(); ) {
            Rule rule = at(word, at);
            for (String sound : rule.sounds()) {
                if (!sound.equals("-")) {
                    sounds.add(sound);
                }
            }
            at += rule.letters().length();
        }
        return sounds;
    }

    private Rule at(String word, int at) {
        for (Rule rule : rules.get(word.charAt(at) - 'a')) {
            if (rule.fits(word, at)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("no rule for '%c'".formatted(word.charAt(at)));
    }
}
