package dev.snug.speech.text.normalize;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A case of the public suite with other numbers, units and words around it. What is said is found
 * by putting the words of the new number, by {@link NumberWords}, in the place of those of the old
 * one: the product has no part in it.
 */
final class Perturbation {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(?:\\.\\d{3})+|\\d+");
    private static final Pattern ROMAN_PLACE =
            Pattern.compile(
                    "(?i)(?<=(?:kỉ|kỷ|thứ|ương|phần|mục|đoạn|oản|lục|óa|số|năm) )[ivxlcdm]+");

    /** Units that may stand for one another in any case of measure. */
    private static final Map<String, String> UNITS =
            Map.of(
                    "km",
                    "ki lô mét",
                    "cm",
                    "xăng ti mét",
                    "mm",
                    "mi li mét",
                    "kg",
                    "ki lô gam",
                    "mg",
                    "mi li gam",
                    "ml",
                    "mi li lít",
                    "kw",
                    "ki lô oát",
                    "gb",
                    "gi ga bai");

    private static final List<List<String>> AROUND =
            List.of(
                    List.of("", ""),
                    List.of("Theo báo cáo, ", "."),
                    List.of("Anh ấy nói ", " nhé."),
                    List.of("Chị Lan viết: ", ", rồi nghỉ."),
                    List.of("Kết quả là ", "."),
                    List.of("(", ")"));

    private final Random random;

    Perturbation(Random random) {
        this.random = random;
    }

    CaseFiles.Case of(CaseFiles.Case original) {
        CaseFiles.Case changed =
                original.file().endsWith("roman") ? roman(original) : numbers(original);
        if (original.file().endsWith("measure")) {
            changed = unit(changed);
        }
        List<String> around = AROUND.get(random.nextInt(AROUND.size()));
        return new CaseFiles.Case(
                original.file(),
                around.getFirst() + changed.written() + around.getLast(),
                around.getFirst() + changed.spoken() + around.getLast());
    }

    private CaseFiles.Case numbers(CaseFiles.Case original) {
        StringBuilder written = new StringBuilder();
        StringBuilder spoken = new StringBuilder();
        String rest = original.spoken();
        int copied = 0;
        Matcher number = NUMBER.matcher(original.written());
        while (number.find()) {
            String before = original.written().substring(0, number.start());
            String after = original.written().substring(number.end());
            Role role = Role.of(original.file(), before, number.group(), after);
            String old = role.say(number.group());
            int at = wordsAt(rest, old);
            written.append(original.written(), copied, number.start());
            copied = number.end();
            if (at < 0) {
                written.append(number.group());
                continue;
            }
            String fresh = role.another(number.group(), random);
            written.append(fresh);
            spoken.append(rest, 0, at).append(role.say(fresh));
            rest = rest.substring(at + old.length());
        }
        written.append(original.written().substring(copied));
        return new CaseFiles.Case(original.file(), written.toString(), spoken + rest);
    }

    /** Where the words stand whole in {@code text}, or -1. */
    private static int wordsAt(String text, String words) {
        int at = (" " + text + " ").indexOf(" " + words + " ");
        return words.isEmpty() ? -1 : at;
    }

    private CaseFiles.Case unit(CaseFiles.Case one) {
        for (Map.Entry<String, String> old : UNITS.entrySet()) {
            Pattern written = Pattern.compile("(?<=\\d)" + old.getKey() + "(?![\\p{L}\\d²³/])");
            if (written.matcher(one.written()).results().count() == 1
                    && wordsAt(one.spoken(), old.getValue()) >= 0) {
                List<String> keys = UNITS.keySet().stream().sorted().toList();
                String key = keys.get(random.nextInt(keys.size()));
                return new CaseFiles.Case(
                        one.file(),
                        written.matcher(one.written()).replaceFirst(key),
                        one.spoken().replaceFirst(old.getValue(), UNITS.get(key)));
            }
        }
        return one;
    }

    private CaseFiles.Case roman(CaseFiles.Case original) {
        Matcher place = ROMAN_PLACE.matcher(original.written());
        StringBuilder written = new StringBuilder();
        StringBuilder spoken = new StringBuilder();
        String rest = original.spoken();
        int copied = 0;
        while (place.find()) {
            boolean lower = place.group().equals(place.group().toLowerCase(Locale.ROOT));
            String old = NumberWords.say(Romans.value(place.group().toUpperCase(Locale.ROOT)));
            int value = 1 + random.nextInt(lower ? 39 : 3999);
            String fresh = Romans.written(value);
            written.append(original.written(), copied, place.start());
            written.append(lower ? fresh.toLowerCase(Locale.ROOT) : fresh);
            copied = place.end();
            int at = wordsAt(rest, old);
            spoken.append(rest, 0, at).append(NumberWords.say(value));
            rest = rest.substring(at + old.length());
        }
        written.append(original.written().substring(copied));
        return new CaseFiles.Case(original.file(), written.toString(), spoken + rest);
    }
}
