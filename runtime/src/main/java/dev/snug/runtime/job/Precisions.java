package dev.snug.runtime.job;

import dev.snug.onnx.quantize.Precision;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.runtime.plan.Prefer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variants of one model that may do a job, in the order in which they are tried: the first that
 * fits does it. What is coarser comes after what is not, but where speed is preferred.
 *
 * @param names of installed models, one at least
 */
public record Precisions(List<String> names) {
    /** After the model itself, where it does not fit. */
    private static final List<Precision> SMALLER =
            List.of(Precision.FP16, Precision.INT8, Precision.DYNAMIC_INT8, Precision.INT4);

    public Precisions {
        names = List.copyOf(names);
    }

    /** Plans a job of the model {@code name}. */
    @FunctionalInterface
    public interface Planning<T> {
        /**
         * The job, planned.
         *
         * @throws DoesNotFitException when nothing fits
         */
        T of(String name) throws IOException;
    }

    /**
     * Those of {@code model}, which is itself one of them. A variant that was named stays alone.
     *
     * @param asked the one to take; empty leaves the choice here
     * @throws BundleException when that is not installed; says how it is made
     */
    public static Precisions of(
            BundleStore store, String model, Optional<Precision> asked, Prefer prefer) {
        ModelName name = ModelName.of(model);
        if (asked.isEmpty() && name.isVariant()) {
            return new Precisions(List.of(model));
        }
        Map<String, String> installed = installed(store, name.base());
        if (asked.isEmpty()) {
            return new Precisions(order(name.base(), installed, prefer));
        }
        String word = asked.get().word();
        String wanted = installed.get(word);
        if (wanted == null) {
            throw new BundleException(
                    "model %s is not installed as %s; there is %s. Make it: snug quantize %s --to %s"
                            .formatted(
                                    name.base(),
                                    word,
                                    String.join(", ", installed.keySet()),
                                    name.base(),
                                    word));
        }
        return new Precisions(List.of(wanted));
    }

    /** Names of whole models by precision: the base and what was made of it. */
    private static Map<String, String> installed(BundleStore store, String base) {
        Map<String, String> names = new TreeMap<>();
        if (store.variants(base).isEmpty()) {
            names.put(precision(store.open(base).manifest()), base);
            return names;
        }
        for (Listing listing : store.list()) {
            if (listing instanceof Listing.Whole(Manifest manifest, var _, var _)
                    && ModelName.of(manifest.name()).base().equals(base)) {
                names.put(precision(manifest), manifest.name());
            }
        }
        return names;
    }

    /** The word of the precision that {@code manifest}'s model is stored in. */
    public static String precision(Manifest manifest) {
        return manifest.variants().isEmpty()
                ? Precision.FP32.word()
                : manifest.variants().getFirst().precision();
    }

    static List<String> order(String base, Map<String, String> installed, Prefer prefer) {
        List<String> order = new ArrayList<>(List.of(base));
        for (Precision smaller : SMALLER) {
            String name = installed.get(smaller.word());
            if (name != null && !name.equals(base)) {
                // Whole numbers are multiplied sooner on every machine that was measured.
                boolean isFirst = prefer == Prefer.SPEED && smaller == Precision.DYNAMIC_INT8;
                order.add(isFirst ? 0 : order.size(), name);
            }
        }
        return order;
    }

    /**
     * The job as the first of them plans it that fits.
     *
     * @throws DoesNotFitException when none does: that of the one that needs the least
     */
    public <T> T first(Planning<T> planning) throws IOException {
        DoesNotFitException least = null;
        for (String name : names) {
            try {
                return planning.of(name);
            } catch (DoesNotFitException e) {
                least = least == null || e.neededBytes() < least.neededBytes() ? e : least;
            }
        }
        if (least == null) {
            throw new IllegalArgumentException("no model to plan with");
        }
        throw least;
    }
}
