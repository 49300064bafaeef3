package dev.snug.vision.report;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Which message says a class of a known model in people's words. */
public final class ClassNames {
    private static final String PREFIX = "class_";

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

    private ClassNames() {}

    /**
     * The key of a class's message; empty for one that nobody translated.
     *
     * @param isKnown whether there is a message of a key
     */
    public static Optional<String> key(String id, String name, Predicate<String> isKnown) {
        String own = PREFIX + plain(id);
        if (isKnown.test(own)) {
            return Optional.of(own);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (String[] group : GROUPS) {
            boolean holdsAll = true;
            for (int i = 1; i < group.length; i++) {
                holdsAll &= lower.contains(group[i]);
            }
            if (holdsAll) {
                return Optional.of(PREFIX + group[0]);
            }
        }
        return Optional.empty();
    }

    /** An id or a word as keys have it. */
    public static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }
}
