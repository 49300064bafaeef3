package dev.snug.runtime.bundle;

import org.jspecify.annotations.Nullable;

import tools.jackson.jr.stree.JrsArray;
import tools.jackson.jr.stree.JrsNull;
import tools.jackson.jr.stree.JrsNumber;
import tools.jackson.jr.stree.JrsObject;
import tools.jackson.jr.stree.JrsString;
import tools.jackson.jr.stree.JrsValue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The properties of one JSON object, taken by key, with the type and count that the reader expects.
 * A property that nobody took is an error: a misspelt key must not pass for a missing one.
 */
final class Fields {
    private final JrsObject object;
    private final String where;
    private final Set<String> taken = new HashSet<>();

    /** The properties of {@code object}; {@code where} is its place, for messages. */
    Fields(JrsObject object, String where) {
        this.object = object;
        this.where = where;
    }

    String text(String key) {
        if (take(key) instanceof JrsString text) {
            return text.getValue();
        }
        throw wrong(key, "a string");
    }

    @Nullable String textOrNull(String key) {
        return switch (take(key)) {
            case JrsString text -> text.getValue();
            case JrsNull nothing -> null;
            default -> throw wrong(key, "a string or null");
        };
    }

    long whole(String key) {
        return whole(key, take(key));
    }

    JrsObject tree(String key) {
        if (take(key) instanceof JrsObject tree) {
            return tree;
        }
        throw wrong(key, "an object");
    }

    /** The elements of a list, or null when the property is null. */
    @Nullable List<JrsValue> values(String key, int limit) {
        return switch (take(key)) {
            case JrsArray array -> elements(key, array, limit);
            case JrsNull nothing -> null;
            default -> throw wrong(key, "a list");
        };
    }

    /** A list of objects, each read by {@code item}. */
    <T> List<T> list(String key, int limit, Function<Fields, T> item) {
        if (!(take(key) instanceof JrsArray array)) {
            throw wrong(key, "a list");
        }
        List<T> items = new ArrayList<>();
        for (JrsValue element : elements(key, array, limit)) {
            items.add(inner(key + "[" + items.size() + "]", element, item));
        }
        return items;
    }

    /** An object of objects, each read by {@code item}. */
    <T> Map<String, T> object(String key, int limit, Function<Fields, T> item) {
        Map<String, T> items = new LinkedHashMap<>();
        entries(key, limit)
                .forEach((name, value) -> items.put(name, inner(key + "." + name, value, item)));
        return items;
    }

    /** An object of whole numbers. */
    Map<String, Long> figures(String key, int limit) {
        Map<String, Long> figures = new LinkedHashMap<>();
        entries(key, limit)
                .forEach((name, value) -> figures.put(name, whole(key + "." + name, value)));
        return figures;
    }

    /** An object of strings. */
    Map<String, String> texts(String key, int limit) {
        Map<String, String> texts = new LinkedHashMap<>();
        entries(key, limit)
                .forEach(
                        (name, value) -> {
                            if (!(value instanceof JrsString text)) {
                                throw wrong(key + "." + name, "a string");
                            }
                            texts.put(name, text.getValue());
                        });
        return texts;
    }

    /** Checks that every property was taken. */
    void requireNoOther() {
        for (String key : object.propertyNames()) {
            if (!taken.contains(key)) {
                throw new BundleException(where + " has the unknown key " + Names.quoted(key));
            }
        }
    }

    private <T> T inner(String key, JrsValue value, Function<Fields, T> item) {
        if (!(value instanceof JrsObject inner)) {
            throw wrong(key, "an object");
        }
        Fields fields = new Fields(inner, where + ": " + Names.printable(key));
        T read = item.apply(fields);
        fields.requireNoOther();
        return read;
    }

    private List<JrsValue> elements(String key, JrsArray array, int limit) {
        requireAtMost(key, array.size(), limit);
        List<JrsValue> elements = new ArrayList<>();
        array.elements().forEachRemaining(elements::add);
        return elements;
    }

    private Map<String, JrsValue> entries(String key, int limit) {
        JrsObject entries = tree(key);
        requireAtMost(key, entries.size(), limit);
        Map<String, JrsValue> copy = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JrsValue>> fields = entries.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JrsValue> field = fields.next();
            copy.put(field.getKey(), field.getValue());
        }
        return copy;
    }

    private void requireAtMost(String key, int count, int limit) {
        if (count > limit) {
            throw new BundleException(
                    where + ": " + key + " has " + count + " entries; " + limit + " are allowed");
        }
    }

    private long whole(String key, JrsValue value) {
        if (value instanceof JrsNumber number) {
            if (number.getValue() instanceof Integer whole) {
                return whole;
            }
            if (number.getValue() instanceof Long whole) {
                return whole;
            }
        }
        throw wrong(key, "a whole number of at most 63 bits");
    }

    private JrsValue take(String key) {
        taken.add(key);
        JrsValue value = object.get(key);
        if (value == null) {
            throw new BundleException(where + " lacks the key '" + key + "'");
        }
        return value;
    }

    private BundleException wrong(String key, String expected) {
        return new BundleException(where + ": " + Names.quoted(key) + " is not " + expected);
    }
}
