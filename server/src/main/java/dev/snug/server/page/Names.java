package dev.snug.server.page;

import java.util.Locale;

/**
 * Names that models have, as people of a language say them; a name that is not known is left as the
 * model has it.
 */
final class Names {
    /**
     * The classes of DermAI's model, whose names end differently from file to file: a message's key
     * and what the name must hold.
     */
    private static final String[][] GROUPS = {
        {"acne", "acne", "rosacea"},
        {"eczema", "eczema"},
        {"healthy", "healthy"},
        {"psoriasis", "psoriasis", "lichen"},
        {"scabies", "scabies", "infestation"},
        {"seborrheic", "seborrheic", "benign"},
        {"warts", "warts", "molluscum"},
    };

    private Names() {}

    /** A class of a classifier. */
    static String ofClass(Messages messages, String id, String name) {
        String key = key(id);
        if (messages.find("class_" + key).isPresent()) {
            return messages.text("class_" + key);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (String[] group : GROUPS) {
            boolean holdsAll = true;
            for (int i = 1; i < group.length; i++) {
                holdsAll &= lower.contains(group[i]);
            }
            if (holdsAll) {
                return messages.text("class_" + group[0]);
            }
        }
        return name;
    }

    /** A word that a patient's field knows, such as {@code head-or-neck}. */
    static String ofWord(Messages messages, String word) {
        return messages.find("word_" + key(word)).orElse(word);
    }

    /** A voice: {@code female-north} is two words, {@code me} is a name that somebody gave. */
    static String ofVoice(Messages messages, String voice) {
        StringBuilder said = new StringBuilder();
        for (String part : voice.split("-", -1)) {
            String key = "voice_" + key(part);
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
        return messages.find("part_" + key(part)).orElse(part);
    }

    /** A setting of a plan, such as {@code chunk-seconds}. */
    static String ofSetting(Messages messages, String setting) {
        return messages.find("setting_" + key(setting)).orElse(setting);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }
}
