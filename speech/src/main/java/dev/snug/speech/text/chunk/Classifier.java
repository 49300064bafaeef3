package dev.snug.speech.text.chunk;

import java.util.Set;
import java.util.regex.Pattern;

/** Says what kind of cut a gap between two words is. */
final class Classifier {
    private static final String ENDS = ".!?…。！？";
    private static final String CLAUSES = ";:；：";
    private static final String COMMAS = ",、，";
    private static final Set<String> DASHES = Set.of("-", "–", "—");

    /** What begins an item of a list: 1. 1) a. a) IV. and signs. */
    private static final Pattern MARKER =
            Pattern.compile("(?:[0-9]{1,3}|[A-Za-z]|[IVXivx]{1,5})[.)]|[-–—•*+·▪◦]");

    /** Letters with stops between: v.v, U.S. */
    private static final Pattern DOTTED = Pattern.compile("(?:\\p{L}{1,2}\\.)+\\p{L}{1,2}");

    private static final Set<String> CONJUNCTIONS =
            Set.of(
                    ("và nhưng mà thì vì nên hoặc hay rồi còn tuy nếu khi để do bởi song dù vậy tức"
                                    + " cùng nhằm and or but because that which")
                            .split(" ", -1));

    private static final Set<String> NUMBER_WORDS =
            Set.of(
                    ("không một hai ba bốn năm sáu bảy tám chín mười mươi mốt tư lăm nhăm rưỡi trăm"
                                    + " nghìn ngàn vạn triệu tỷ tỉ linh lẻ phẩy phần âm chấm")
                            .split(" ", -1));

    private Classifier() {}

    static Cut of(Gap gap) {
        int lineEnds = gap.lineEnds();
        if (lineEnds > 1 || (lineEnds == 1 && MARKER.matcher(gap.behind).matches())) {
            return Cut.SENTENCE;
        }
        if (gap.beginsLine && MARKER.matcher(gap.before).matches()) {
            return Cut.JOINED;
        }
        String before = gap.unclosed();
        char last = before.isEmpty() ? ' ' : before.charAt(before.length() - 1);
        if (ENDS.indexOf(last) >= 0) {
            return lineEnds == 1 ? Cut.SENTENCE : ofEnd(gap, before);
        }
        if (lineEnds == 1 && !gap.goesOn()) {
            return Cut.SENTENCE;
        }
        if (CLAUSES.indexOf(last) >= 0) {
            return Cut.CLAUSE;
        }
        if (COMMAS.indexOf(last) >= 0 || DASHES.contains(gap.before)) {
            return Cut.COMMA;
        }
        return ofWords(gap, before);
    }

    /** Behind a full stop, question or exclamation mark. */
    private static Cut ofEnd(Gap gap, String before) {
        String word = Gap.unopened(before.substring(0, before.length() - 1));
        char last = before.charAt(before.length() - 1);
        boolean isStop = last == '.' && !word.endsWith(".");
        if (!isStop) {
            return gap.goesOn() ? Cut.CLAUSE : Cut.SENTENCE;
        }
        if (Abbreviations.contains(word) || isInitial(word)) {
            return Cut.JOINED;
        }
        if (gap.goesOn()) {
            return Cut.COMMA;
        }
        // "v.v." ends a sentence where a capital follows; of U.S. and the like nobody knows.
        boolean isDotted = DOTTED.matcher(word).matches();
        return isDotted && !word.equalsIgnoreCase("v.v") ? Cut.CLAUSE : Cut.SENTENCE;
    }

    /** A single capital: J. K. Rowling, Nguyễn V. An. */
    private static boolean isInitial(String word) {
        return word.length() == 1 && Character.isUpperCase(word.charAt(0));
    }

    private static Cut ofWords(Gap gap, String before) {
        String first = Gap.unopened(before);
        String second = gap.wordBehind();
        if (DASHES.contains(gap.behind) || first.isEmpty()) {
            return Cut.JOINED;
        }
        if (second.isEmpty()) {
            return Cut.WORD;
        }
        boolean closed = before.length() < gap.before.length();
        boolean opened = !gap.behind.startsWith(second);
        if (!closed && !opened && isOneThing(first, second)) {
            return Cut.JOINED;
        }
        boolean conjunction = CONJUNCTIONS.contains(second) && !CONJUNCTIONS.contains(first);
        return conjunction ? Cut.CONJUNCTION : Cut.WORD;
    }

    /** Whether two words belong to one name or one number. */
    private static boolean isOneThing(String first, String second) {
        boolean digits = Character.isDigit(first.charAt(first.length() - 1));
        boolean digitsBehind = Character.isDigit(second.charAt(0));
        boolean capital = Character.isUpperCase(first.codePointAt(0));
        boolean capitalBehind = Character.isUpperCase(second.codePointAt(0));
        if (digits) {
            // A number goes with its unit: 5 km, 20 người.
            return true;
        }
        if (capital && (capitalBehind || digitsBehind)) {
            return true;
        }
        return NUMBER_WORDS.contains(first) && NUMBER_WORDS.contains(second);
    }
}
