package dev.snug.runtime.bundle;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was run when a figure was measured: the job and the settings that decide about its memory.
 * Its text is {@code speak.frames=375.steps=7.threads=1}, settings in alphabetical order.
 *
 * @param job such as {@code speak}, {@code classify}, {@code explain}
 * @param settings value by name, both of letters, digits and {@code - _}, values also {@code x}
 */
public record Configuration(String job, NavigableMap<String, String> settings)
        implements Comparable<Configuration> {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Most settings of one configuration. */
    private static final int SETTINGS_MAX = 16;

    public Configuration {
        requireWord(job);
        if (settings.size() > SETTINGS_MAX) {
            throw new IllegalArgumentException(
                    "a configuration of %d settings; %d are allowed"
                            .formatted(settings.size(), SETTINGS_MAX));
        }
        settings.forEach(
                (name, value) -> {
                    requireWord(name);
                    requireWord(value);
                });
        settings = Collections.unmodifiableNavigableMap(new TreeMap<>(settings));
    }

    /** The job without any setting. */
    public static Configuration of(String job) {
        return new Configuration(job, Collections.emptyNavigableMap());
    }

    /** The same with one more setting, or another value of it. */
    public Configuration with(String name, Object value) {
        NavigableMap<String, String> more = new TreeMap<>(settings);
        more.put(name, String.valueOf(value));
        return new Configuration(job, more);
    }

    /**
     * The configuration whose text is {@code text}.
     *
     * @throws IllegalArgumentException when it is the text of none
     */
    public static Configuration parse(String text) {
        String[] parts = text.split("\\.", -1);
        Configuration configuration = of(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", -1);
            if (pair.length != 2) {
                throw new IllegalArgumentException(
                        "'" + parts[i] + "' of a configuration is no setting: name=value");
            }
            configuration = configuration.with(pair[0], pair[1]);
        }
        return configuration;
    }

    /** The whole number that the setting {@code name} is, or {@code otherwise} when it is none. */
    public long whole(String name, long otherwise) {
        String value = settings.getOrDefault(name, "");
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : otherwise;
    }

    @Override
    public int compareTo(Configuration other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return settings.isEmpty()
                ? job
                : settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(".", job + ".", ""));
    }

    private static void requireWord(String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException(
                    "'%s' in a configuration is not 1 to 64 letters, digits, '-' or '_'"
                            .formatted(word.length() > 80 ? word.substring(0, 80) + "…" : word));
        }
    }
}
