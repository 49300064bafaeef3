package dev.snug.runtime.bundle;

import java.util.Optional;

/**
 * A model's name: {@code sklesion}, or {@code sklesion:int8} for the same model with its weights in
 * another precision. Such a variant is a model like any other, made from the one of its base name;
 * it answers only where it is named, chosen, or planned because the other does not fit.
 *
 * @param base the name without a precision
 * @param precision what stands behind the colon
 */
public record ModelName(String base, Optional<String> precision) {
    private static final char COLON = ':';

    /** What a colon becomes in the name of a folder: Windows knows no other use of it there. */
    private static final char IN_FOLDER = '+';

    /**
     * The parts of {@code name}.
     *
     * @throws IllegalArgumentException when no model can have that name
     */
    public static ModelName of(String name) {
        int colon = Names.model(name).indexOf(COLON);
        return colon < 0
                ? new ModelName(name, Optional.empty())
                : new ModelName(name.substring(0, colon), Optional.of(name.substring(colon + 1)));
    }

    /** The same model in {@code newPrecision}. */
    public ModelName in(String newPrecision) {
        return of(base + COLON + newPrecision);
    }

    /** Whether it names a variant of a model. */
    public boolean isVariant() {
        return precision.isPresent();
    }

    /** The folder of the model {@code name}. */
    static String folder(String name) {
        return name.replace(COLON, IN_FOLDER);
    }

    /** The model in the folder {@code folder}. */
    static String ofFolder(String folder) {
        return folder.replace(IN_FOLDER, COLON);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return precision.map(each -> base + COLON + each).orElse(base);
    }
}
