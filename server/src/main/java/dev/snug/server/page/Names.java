package dev.snug.server.page;

import dev.snug.vision.report.ClassNames;

/**
 * Names that models have, as people of a language say them; a name that is not known is left as the
 * model has it.
 */
final class Names {
    private Names() {}

    /** A class of a classifier. */
    static String ofClass(Messages messages, String id, String name) {
        return ClassNames.key(id, name, key -> messages.find(key).isPresent())
                .map(messages::text)
                .orElse(name);
    }

    /** A word that a patient's field knows, such as {@code head-or-neck}. */
    static String ofWord(Messages messages, String word) {
        return messages.find("word_" + ClassNames.plain(word)).orElse(word);
    }

    /** A voice: {@code female-north} is two words, {@code me} is a name that somebody gave. */
    static String ofVoice(Messages messages, String voice) {
        StringBuilder said = new StringBuilder();
        for (String part : voice.split("-", -1)) {
            String key = "voice_" + ClassNames.plain(part);
            if (messages.find(key).isEmpty()) {
                return voice;
            }
            said.append(said.isEmpty() ? "" : ", ").append(messages.text(key));
        }
        said.setCharAt(0, Character.toUpperCase(said.charAt(0)));
        return said.toString();
    }

    /** A part of a plan, such as {@code Java heap}. */
    static String ofPart(Messages messages, String part) {
        return messages.find("part_" + ClassNames.plain(part)).orElse(part);
    }

    /** A setting of a plan, such as {@code chunk-seconds}. */
    static String ofSetting(Messages messages, String setting) {
        return messages.find("setting_" + ClassNames.plain(setting)).orElse(setting);
    }
}
