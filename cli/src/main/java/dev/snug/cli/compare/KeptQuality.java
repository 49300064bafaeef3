package dev.snug.cli.compare;

import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.ModelName;

import org.jspecify.annotations.Nullable;

/**
 * Whether what was found is kept with one of the two models, as its quality.
 *
 * @param model the one that this is about: a variant, or the first where neither is one
 */
public record KeptQuality(Reason reason, String model) {
    /** Why it is kept, or why not. */
    public enum Reason {
        /** It is kept. */
        KEPT("Kept with %s: snug models --verbose shows it."),
        /** Two models that are not base and variant. */
        NO_VARIANT("Quality not kept: neither model is the other in another precision."),
        /** The base was imported anew since. */
        OTHER_SOURCE(
                "Quality not kept: %s was made from other weights than those that are installed;"
                        + " make it again."),
        /** Weights that were never trained. */
        RANDOM("Quality not kept: the weights are random, so how far answers differ says nothing."),
        /** No case was answered by both, or none in equal length. */
        NOTHING_COMPARED("Quality not kept: no case could be compared.");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /**
     * Decides.
     *
     * @param isCompared whether one case at least could be compared
     * @param isRandom whether the weights were never trained
     */
    public static KeptQuality of(Manifest a, Manifest b, boolean isCompared, boolean isRandom) {
        ModelName nameA = ModelName.of(a.name());
        ModelName nameB = ModelName.of(b.name());
        if (!nameA.base().equals(nameB.base()) || nameA.isVariant() == nameB.isVariant()) {
            return new KeptQuality(Reason.NO_VARIANT, a.name());
        }
        String variant = nameA.isVariant() ? a.name() : b.name();
        if (!a.sourceSha256().equals(b.sourceSha256())) {
            return new KeptQuality(Reason.OTHER_SOURCE, variant);
        }
        if (isRandom) {
            return new KeptQuality(Reason.RANDOM, variant);
        }
        return new KeptQuality(isCompared ? Reason.KEPT : Reason.NOTHING_COMPARED, variant);
    }

    /** The model that it is kept with; null where it is not. */
    public @Nullable String variant() {
        return reason == Reason.KEPT ? model : null;
    }

    /** One sentence. */
    public String words() {
        return reason.words.formatted(model);
    }
}
