package dev.snug.vision.keras.file;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of one layer or model with typed access. It remembers what was read, so that
 * {@link #requireAllRead} can refuse a setting that would otherwise be ignored.
 */
public final class Settings {
    /** Sizes of windows, paddings and channels: none comes near. */
    public static final int SIZE = 1 << 20;

    /** Settings that matter only in training or only name things. */
    private static final Set<String> NEUTRAL =
            Set.of(
                    "name",
                    "trainable",
                    "dtype",
                    "autocast",
                    "seed",
                    "noise_shape",
                    "momentum",
                    "synchronized",
                    "renorm_clipping",
                    "renorm_momentum");

    private static final List<String> NEUTRAL_ENDINGS =
            List.of("_initializer", "_regularizer", "_constraint");

    private final String owner;
    private final Map<?, ?> values;
    private final Set<String> read = new HashSet<>();

    /**
     * @param owner what has these settings, for messages: class and path of a layer
     * @param values as the JSON document has them
     */
    public Settings(String owner, Map<?, ?> values) {
        this.owner = owner;
        this.values = values;
    }

    /** The value of {@code key} as the JSON document has it; null when it is absent or null. */
    public @Nullable Object value(String key) {
        read.add(key);
        return values.get(key);
    }

    /** The string at {@code key}; empty when it is absent or null. */
    public Optional<String> text(String key) {
        return switch (value(key)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> throw wrong(key, "a string", other);
        };
    }

    /** The boolean at {@code key}, or {@code absent}. */
    public boolean flag(String key, boolean absent) {
        return switch (value(key)) {
            case null -> absent;
            case Boolean flag -> flag;
            case Object other -> throw wrong(key, "true or false", other);
        };
    }

    /** The finite number at {@code key}, or {@code absent}. */
    public double number(String key, double absent) {
        Object value = value(key);
        return value == null ? absent : number(key, value);
    }

    private double number(String key, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(key, "a number", value);
    }

    /** The numbers at {@code key}, however nested; a single number is a list of one. */
    public double[] numbers(String key) {
        List<Double> numbers = new ArrayList<>();
        flatten(key, value(key), numbers);
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void flatten(String key, @Nullable Object value, List<Double> into) {
        if (value instanceof List<?> list) {
            list.forEach(element -> flatten(key, element, into));
        } else if (value instanceof Map<?, ?> array
                && array.get("config") instanceof Map<?, ?> of) {
            flatten(key, of.get("value"), into);
        } else {
            into.add(number(key, value));
        }
    }

    /** The whole number at {@code key}, 1 to {@link #SIZE}, or {@code absent}. */
    public int size(String key, int absent) {
        Object value = value(key);
        return value == null ? absent : (int) whole(key, value, 1, SIZE);
    }

    /** The whole number at {@code key}, which may be negative; empty when it is absent or null. */
    public Optional<Long> whole(String key) {
        return switch (value(key)) {
            case null -> Optional.empty();
            // Some versions write an axis as a list of one.
            case List<?> list when list.size() == 1 ->
                    Optional.of(whole(key, list.getFirst(), -SIZE, SIZE));
            case Object other -> Optional.of(whole(key, other, -SIZE, SIZE));
        };
    }

    private long whole(String key, @Nullable Object value, long least, long most) {
        if (value instanceof Long number && number >= least && number <= most) {
            return number;
        }
        throw wrong(key, "a whole number from %d to %d".formatted(least, most), value);
    }

    /** Height and width at {@code key}; one number stands for both; null when absent. */
    public int @Nullable [] pair(String key) {
        return switch (value(key)) {
            case null -> null;
            case List<?> list when list.size() == 2 ->
                    new int[] {
                        (int) whole(key, list.get(0), 1, SIZE),
                        (int) whole(key, list.get(1), 1, SIZE)
                    };
            case Object other -> {
                int both = (int) whole(key, other, 1, SIZE);
                yield new int[] {both, both};
            }
        };
    }

    /** The list of whole numbers at {@code key}, each −1 (unknown, also for null) or more. */
    public long[] sizes(String key) {
        if (!(value(key) instanceof List<?> list)) {
            throw wrong(key, "a list of sizes", values.get(key));
        }
        return list.stream()
                .mapToLong(size -> size == null ? -1 : whole(key, size, -1, SIZE))
                .toArray();
    }

    /** The list at {@code key}; empty when it is absent or null. */
    public List<?> list(String key) {
        return switch (value(key)) {
            case null -> List.of();
            case List<?> list -> list;
            case Object other -> throw wrong(key, "a list", other);
        };
    }

    /**
     * The string at {@code key}, {@code absent} when there is none.
     *
     * @throws KerasException when it is not among {@code allowed}
     */
    public String choice(String key, String absent, String... allowed) {
        String chosen = text(key).orElse(absent);
        if (!Arrays.asList(allowed).contains(chosen)) {
            throw refusal(
                    "%s %s is not supported, only %s"
                            .formatted(key, chosen, String.join(", ", allowed)));
        }
        return chosen;
    }

    /** Declares every setting without effect. */
    public void readAll() {
        values.keySet().forEach(key -> read.add(String.valueOf(key)));
    }

    /**
     * Refuses a setting that nobody read and that may change the result.
     *
     * @throws KerasException naming it
     */
    public void requireAllRead() {
        values.forEach(
                (key, value) -> {
                    String name = String.valueOf(key);
                    boolean neutral =
                            NEUTRAL.contains(name)
                                    || NEUTRAL_ENDINGS.stream().anyMatch(name::endsWith);
                    if (value != null && !neutral && !read.contains(name)) {
                        throw refusal("unknown setting %s = %s".formatted(name, shorten(value)));
                    }
                });
    }

    /** A refusal that names the owner of these settings. */
    public KerasException refusal(String message) {
        return new KerasException(owner + ": " + message);
    }

    private KerasException wrong(String key, String wanted, @Nullable Object value) {
        return refusal("setting %s must be %s, is %s".formatted(key, wanted, shorten(value)));
    }

    private static String shorten(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    @Override
    public String toString() {
        return owner;
    }
}
