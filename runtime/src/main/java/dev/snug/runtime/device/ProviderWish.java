package dev.snug.runtime.device;

import dev.snug.runtime.budget.MemorySize;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the user said of where to compute.
 *
 * @param provider the one that is asked for; empty for {@code auto}
 * @param engineLibrary folder of another build of ONNX Runtime; empty for Snug's own
 * @param providerLibrary file of a plug-in with a provider
 * @param deviceMemory the most memory to take on a device; empty where nobody said
 */
public record ProviderWish(
        Optional<Provider> provider,
        Optional<Path> engineLibrary,
        Optional<Path> providerLibrary,
        Optional<MemorySize> deviceMemory) {
    /** The option that names a provider. */
    public static final String OPTION = "--provider";

    /** The option that names a folder with another build. */
    public static final String ENGINE_LIBRARY = "--engine-library";

    /** The option that names a plug-in. */
    public static final String PROVIDER_LIBRARY = "--provider-library";

    /** The option that bounds what is taken on a device. */
    public static final String DEVICE_MEMORY = "--device-memory";

    /** The word for whatever works. */
    public static final String AUTO = "auto";

    /** The processor and Snug's own library: what every published figure was measured with. */
    public static final ProviderWish CPU =
            new ProviderWish(
                    Optional.of(Provider.CPU),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public ProviderWish {
        boolean isCpu = provider.filter(named -> named == Provider.CPU).isPresent();
        if (isCpu && providerLibrary.isPresent()) {
            throw new IllegalArgumentException(
                    "%s cpu and %s contradict each other: leave one of the two out"
                            .formatted(OPTION, PROVIDER_LIBRARY));
        }
        if (isCpu && deviceMemory.isPresent()) {
            throw new IllegalArgumentException(
                    "%s bounds what a device holds, and the processor computes: name a %s too, or"
                                    .formatted(DEVICE_MEMORY, OPTION)
                            + " leave it out");
        }
    }

    /**
     * What the texts say; null is nothing said. Without a provider that is the processor, and
     * {@code auto} where a library is named, because nobody names one to leave it unused.
     *
     * @throws IllegalArgumentException when a text is not of its form or two contradict each other
     */
    public static ProviderWish of(
            @Nullable String provider,
            @Nullable String engineLibrary,
            @Nullable String providerLibrary,
            @Nullable String deviceMemory) {
        boolean isLibraryNamed = engineLibrary != null || providerLibrary != null;
        String word = provider != null ? provider : isLibraryNamed ? AUTO : Provider.CPU.word();
        return new ProviderWish(
                word.equals(AUTO) ? Optional.empty() : Optional.of(Provider.ofWord(word)),
                Optional.ofNullable(engineLibrary).map(Path::of),
                Optional.ofNullable(providerLibrary).map(Path::of),
                Optional.ofNullable(deviceMemory).map(MemorySize::parse));
    }

    /** Whether whatever works will do. */
    public boolean isAuto() {
        return provider.isEmpty();
    }

    /** The provider's word, or {@code auto}. */
    public String word() {
        return provider.map(Provider::word).orElse(AUTO);
    }

    /** All words that a provider can be asked for with. */
    public static List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(AUTO);
        for (Provider provider : Provider.values()) {
            words.add(provider.word());
        }
        return words;
    }
}
