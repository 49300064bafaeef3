package dev.snug.runtime.bundle;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was measured of a model in processes of their own, by {@link Configuration}, and what its
 * answers are worth beside those of the model it was made from. Figures stand under {@code
 * CONFIGURATION.QUANTITY}, such as {@code speak.frames=375.threads=1.anonymous}; keys of other
 * kinds (what an import measured) are kept and not looked at.
 *
 * @param bytes by key
 * @param micros microseconds, by key
 * @param quality of a variant's answers against those of the model it was made from, by quantity
 *     such as {@code top1_agreement}; empty where nobody compared them
 */
public record Measured(
        Map<String, Long> bytes, Map<String, Long> micros, Map<String, Double> quality) {
    /** Nothing was measured. */
    public static final Measured NONE = new Measured(Map.of(), Map.of(), Map.of());

    private static final String PEAK = ".peak";
    private static final String ANONYMOUS = ".anonymous";
    private static final String FILE = ".file";
    private static final String CPU = ".cpu";
    private static final String UNIT = ".unit";

    public Measured {
        bytes = Collections.unmodifiableNavigableMap(new TreeMap<>(bytes));
        micros = Collections.unmodifiableNavigableMap(new TreeMap<>(micros));
        quality = Collections.unmodifiableNavigableMap(new TreeMap<>(quality));
    }

    /** Bytes and times, nothing compared. */
    public Measured(Map<String, Long> bytes, Map<String, Long> micros) {
        this(bytes, micros, Map.of());
    }

    /**
     * The figures of one configuration: bytes are the most of all runs, times the median.
     *
     * @param peakBytes resident, all pages: what the kernel kept as the process's peak
     * @param anonymousBytes the most of pages without a file
     * @param fileBytes the most of pages of mapped files; not at the same moment
     * @param cpuMicros processor time of the whole process
     * @param unitMicros time by the clock of one step of speech, or of one picture
     */
    public record Figures(
            long peakBytes, long anonymousBytes, long fileBytes, long cpuMicros, long unitMicros) {}

    /** The configurations of which all figures are known, in the order of their texts. */
    public NavigableSet<Configuration> configurations() {
        NavigableSet<Configuration> found = new TreeSet<>();
        for (String key : bytes.keySet()) {
            if (key.endsWith(PEAK)) {
                configuration(key.substring(0, key.length() - PEAK.length()))
                        .filter(configuration -> figures(configuration).isPresent())
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Configuration> configuration(String text) {
        try {
            return Optional.of(Configuration.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The figures of {@code configuration}; empty unless it was measured. */
    public Optional<Figures> figures(Configuration configuration) {
        String key = configuration.toString();
        Long peak = bytes.get(key + PEAK);
        Long anonymous = bytes.get(key + ANONYMOUS);
        Long file = bytes.get(key + FILE);
        Long cpu = micros.get(key + CPU);
        Long unit = micros.get(key + UNIT);
        return peak == null || anonymous == null || file == null || cpu == null || unit == null
                ? Optional.empty()
                : Optional.of(new Figures(peak, anonymous, file, cpu, unit));
    }

    /** The same with {@code figures} of {@code configuration}, in place of older ones. */
    public Measured with(Configuration configuration, Figures figures) {
        String key = configuration.toString();
        NavigableMap<String, Long> moreBytes = new TreeMap<>(bytes);
        moreBytes.put(key + PEAK, figures.peakBytes());
        moreBytes.put(key + ANONYMOUS, figures.anonymousBytes());
        moreBytes.put(key + FILE, figures.fileBytes());
        NavigableMap<String, Long> moreMicros = new TreeMap<>(micros);
        moreMicros.put(key + CPU, figures.cpuMicros());
        moreMicros.put(key + UNIT, figures.unitMicros());
        return new Measured(moreBytes, moreMicros, quality);
    }

    /** The same with {@code newQuality} in place of what was compared before. */
    public Measured withQuality(Map<String, Double> newQuality) {
        return new Measured(bytes, micros, newQuality);
    }

    /** The same with all of {@code newer}, which counts where both have a figure. */
    public Measured with(Measured newer) {
        NavigableMap<String, Long> moreBytes = new TreeMap<>(bytes);
        moreBytes.putAll(newer.bytes);
        NavigableMap<String, Long> moreMicros = new TreeMap<>(micros);
        moreMicros.putAll(newer.micros);
        return new Measured(
                moreBytes, moreMicros, newer.quality.isEmpty() ? quality : newer.quality);
    }
}
