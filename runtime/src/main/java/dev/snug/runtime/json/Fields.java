package dev.snug.runtime.json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The properties of one JSON object, taken by key, with the type and count that the reader expects.
 * A property that nobody took is an error: a misspelt key must not pass for a missing one.
 */
public final class Fields {
    private final Map<?, ?> object;
    private final String where;
    private final Set<String> taken = new HashSet<>();

    /** The properties of {@code object}; {@code where} is its place, for messages. */
    public Fields(Map<?, ?> object, String where) {
        this.object = object;
        this.where = where;
    }

    public String text(String key) {
        if (take(key) instanceof String text) {
            return text;
        }
        throw wrong(key, "a string");
    }

    public @Nullable String textOrNull(String key) {
        // Not a switch over types: each makes a class at run time, in every process anew.
        Object value = take(key);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return text;
        }
        throw wrong(key, "a string or null");
    }

    public long whole(String key) {
        return whole(key, take(key));
    }

    /** An object as it is, for another reader. */
    public Map<String, @Nullable Object> tree(String key) {
        if (take(key) instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            object.forEach((name, value) -> tree.put(String.valueOf(name), value));
            return tree;
        }
        throw wrong(key, "an object");
    }

    /** The same, or null when the property is null. */
    public @Nullable Map<String, @Nullable Object> treeOrNull(String key) {
        return take(key) == null ? null : tree(key);
    }

    /** Whether the object has {@code key}: asked before an optional property is taken. */
    public boolean has(String key) {
        return object.containsKey(key);
    }

    /** True or false. */
    public boolean flag(String key) {
        if (take(key) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, "true or false");
    }

    /** A finite number. */
    public double number(String key) {
        if (take(key) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(key, "a number");
    }

    /** One of the constants of {@code type}, written in lower case. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        String word = text(key);
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String lower = constant.name().toLowerCase(Locale.ROOT);
            if (lower.equals(word)) {
                return constant;
            }
            words.add(lower);
        }
        throw wrong(key, "one of " + String.join(", ", words));
    }

    /** A list of strings. */
    public List<String> words(String key, int limit) {
        List<String> words = new ArrayList<>();
        for (Object element : array(key, limit)) {
            if (!(element instanceof String word)) {
                throw wrong(key, "a list of strings");
            }
            words.add(word);
        }
        return words;
    }

    /** The elements of a list, or null when the property is null. */
    public @Nullable List<?> values(String key, int limit) {
        return take(key) == null ? null : array(key, limit);
    }

    /** A list of objects, each read by {@code item}. */
    public <T> List<T> list(String key, int limit, Function<Fields, T> item) {
        List<T> items = new ArrayList<>();
        for (Object element : array(key, limit)) {
            items.add(inner(key + "[" + items.size() + "]", element, item));
        }
        return items;
    }

    /** An object of objects, each read by {@code item}. */
    public <T> Map<String, T> object(String key, int limit, Function<Fields, T> item) {
        Map<String, T> items = new LinkedHashMap<>();
        entries(key, limit)
                .forEach((name, value) -> items.put(name, inner(key + "." + name, value, item)));
        return items;
    }

    /** An object of whole numbers. */
    public Map<String, Long> figures(String key, int limit) {
        Map<String, Long> figures = new LinkedHashMap<>();
        entries(key, limit)
                .forEach((name, value) -> figures.put(name, whole(key + "." + name, value)));
        return figures;
    }

    /** An object of finite numbers. */
    public Map<String, Double> numbers(String key, int limit) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        entries(key, limit)
                .forEach(
                        (name, value) -> {
                            if (!(value instanceof Number number)) {
                                throw wrong(key + "." + name, "a number");
                            }
                            numbers.put(name, number.doubleValue());
                        });
        return numbers;
    }

    /** An object of strings. */
    public Map<String, String> texts(String key, int limit) {
        Map<String, String> texts = new LinkedHashMap<>();
        entries(key, limit)
                .forEach(
                        (name, value) -> {
                            if (!(value instanceof String text)) {
                                throw wrong(key + "." + name, "a string");
                            }
                            texts.put(name, text);
                        });
        return texts;
    }

    /** Checks that every property was taken. */
    public void requireNoOther() {
        for (Object key : object.keySet()) {
            String name = String.valueOf(key);
            if (!taken.contains(name)) {
                throw new JsonException(where + " has the unknown key " + Json.quoted(name));
            }
        }
    }

    /** Reads a whole object: {@code reader} takes what it knows, and nothing may be left over. */
    public static <T> T read(Map<?, ?> object, String where, Function<Fields, T> reader) {
        Fields fields = new Fields(object, where);
        T value = reader.apply(fields);
        fields.requireNoOther();
        return value;
    }

    private <T> T inner(String key, @Nullable Object value, Function<Fields, T> item) {
        if (!(value instanceof Map<?, ?> inner)) {
            throw wrong(key, "an object");
        }
        Fields fields = new Fields(inner, where + ": " + Json.printable(key));
        T read = item.apply(fields);
        fields.requireNoOther();
        return read;
    }

    private List<?> array(String key, int limit) {
        if (take(key) instanceof List<?> array) {
            requireAtMost(key, array.size(), limit);
            return array;
        }
        throw wrong(key, "a list");
    }

    private Map<String, @Nullable Object> entries(String key, int limit) {
        Map<String, @Nullable Object> entries = tree(key);
        requireAtMost(key, entries.size(), limit);
        return entries;
    }

    private void requireAtMost(String key, int count, int limit) {
        if (count > limit) {
            throw new JsonException(
                    where + ": " + key + " has " + count + " entries; " + limit + " are allowed");
        }
    }

    private long whole(String key, @Nullable Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        throw wrong(key, "a whole number of at most 63 bits");
    }

    private @Nullable Object take(String key) {
        taken.add(key);
        if (!object.containsKey(key)) {
            throw new JsonException(where + " lacks the key '" + key + "'");
        }
        return object.get(key);
    }

    private JsonException wrong(String key, String expected) {
        return new JsonException(where + ": " + Json.quoted(key) + " is not " + expected);
    }
}
