package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/** "#MuaHeXanh2024" is "thăng mua he xanh …", "@nam" is "a còng nam"; "#1" is number one. */
final class Tag implements Rule {
    private static final int TOKENS_MAX = 40;

    private final Numbers numbers;
    private final UnaryOperator<String> foreign;

    Tag(Numbers numbers, UnaryOperator<String> foreign) {
        this.numbers = numbers;
        this.foreign = foreign;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        boolean hash = line.is(at, '#');
        boolean opens = line.isBlank(at - 1) || line.isOneOf(at - 1, "(,;:.!?\"'");
        if ((!hash && !line.is(at, '@')) || !opens) {
            return null;
        }
        if (hash && line.isNumber(at + 1) && !line.isWord(at + 2)) {
            String spoken = "số " + numbers.cardinal(line.text(at + 1));
            return new Match(at + 2, spoken, SemioticClass.TAG);
        }
        StringBuilder spoken = new StringBuilder(hash ? "thăng" : "a còng");
        int end = at + 1;
        while (end < at + TOKENS_MAX) {
            if (line.isWord(end)) {
                words(line.text(end), spoken);
            } else if (line.isNumber(end)) {
                spoken.append(' ').append(numbers.cardinal(line.text(end)));
            } else if (!line.is(end, '_') && !(line.is(end, '.') && line.isWord(end + 1))) {
                break;
            }
            end++;
        }
        return end == at + 1 ? null : new Match(end, spoken.toString(), SemioticClass.TAG);
    }

    /** The words that capitals inside one word begin. */
    private void words(String text, StringBuilder spoken) {
        int start = 0;
        for (int i = 1; i <= text.length(); i++) {
            boolean border =
                    i == text.length()
                            || (Character.isUpperCase(text.charAt(i))
                                    && Character.isLowerCase(text.charAt(i - 1)));
            if (border) {
                spoken.append(' ').append(foreign.apply(text.substring(start, i)));
                start = i;
            }
        }
    }
}
