package dev.snug.speech.text.markup;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.OptionalInt;

/** What each element takes as attributes, and what they mean. */
final class Elements {
    private Elements() {}

    /** Refuses attributes that the element does not take. */
    static void check(Tag tag, String written) {
        List<String> taken = taken(tag.name());
        for (Tag.Attribute attribute : tag.attributes()) {
            String name = attribute.name();
            boolean isXml =
                    name.startsWith("xml") && (taken.isEmpty() || tag.name().equals("speak"));
            if (!isXml && !name.startsWith("xsi:") && !taken.contains(name)) {
                String known = taken.isEmpty() ? "none" : String.join(", ", taken);
                throw MarkupException.at(
                        attribute.nameAt(),
                        written,
                        "<%s> takes no %s; known: %s"
                                .formatted(tag.name(), Found.shown(name), known));
            }
        }
    }

    private static List<String> taken(String element) {
        return switch (element) {
            case "speak" -> List.of("version");
            case "break" -> List.of("time", "strength");
            case "sub" -> List.of("alias");
            case "say-as" -> List.of("interpret-as", "format");
            case "prosody" -> List.of("rate");
            default -> List.of();
        };
    }

    static Tag.Attribute required(Tag tag, String name, String expected, String written) {
        return tag.attribute(name)
                .orElseThrow(
                        () ->
                                MarkupException.at(
                                        tag.span().start(),
                                        written,
                                        "<%s> lacks %s; expected %s"
                                                .formatted(tag.name(), name, expected)));
    }

    /** The length of a {@code <break>}; a time counts more than a strength. */
    static int milliseconds(Tag tag, String written) {
        Tag.Attribute time = tag.attribute("time").orElse(null);
        Tag.Attribute strength = tag.attribute("strength").orElse(null);
        int strong = milliseconds(strength, written);
        if (time == null) {
            return strong;
        }
        OptionalInt milliseconds = Lengths.milliseconds(time.value());
        return milliseconds.orElseThrow(() -> wrong(time, Lengths.EXPECTED, written));
    }

    private static int milliseconds(Tag.@Nullable Attribute strength, String written) {
        if (strength == null) {
            return Lengths.ofStrength(Lengths.DEFAULT_STRENGTH).orElseThrow();
        }
        return Lengths.ofStrength(strength.value())
                .orElseThrow(() -> wrong(strength, Lengths.STRENGTHS_SHOWN, written));
    }

    /** What a {@code <sub>} is spoken as. */
    static String alias(Tag tag, String written) {
        Tag.Attribute alias = required(tag, "alias", "what to say instead", written);
        if (alias.value().isBlank()) {
            throw wrong(alias, "what to say instead", written);
        }
        return alias.value();
    }

    static InterpretAs interpretAs(Tag tag, String written) {
        String expected = "one of " + InterpretAs.wordsShown();
        Tag.Attribute word = required(tag, "interpret-as", expected, written);
        return InterpretAs.of(word.value()).orElseThrow(() -> wrong(word, expected, written));
    }

    /** The format of a {@code <say-as>}, empty where none is given. */
    static String format(Tag tag, InterpretAs as, String written) {
        Tag.Attribute format = tag.attribute("format").orElse(null);
        if (format == null) {
            return "";
        }
        if (!as.takes(format.value())) {
            throw wrong(format, as.formatsShown(), written);
        }
        return format.value();
    }

    private static MarkupException wrong(Tag.Attribute attribute, String expected, String written) {
        return MarkupException.at(
                attribute.valueAt(),
                written,
                "%s is \"%s\"; expected %s"
                        .formatted(attribute.name(), Found.shown(attribute.value()), expected));
    }
}
