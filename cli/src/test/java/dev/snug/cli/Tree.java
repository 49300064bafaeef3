package dev.snug.cli;

import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A value of JSON that a test walks through: object, list, text, number, or null. */
record Tree(@Nullable Object value) {
    /** The object that {@code text} holds. */
    static Tree parse(String text) {
        return new Tree(Json.parseObject(text.getBytes(StandardCharsets.UTF_8), "the text"));
    }

    /** The keys of an object in their order. */
    List<String> keys() {
        return ((Map<?, ?>) present()).keySet().stream().map(String::valueOf).toList();
    }

    /** The value of a key that is there. */
    Tree get(String key) {
        Map<?, ?> object = (Map<?, ?>) present();
        if (!object.containsKey(key)) {
            throw new AssertionError("no " + key + " in " + object.keySet());
        }
        return new Tree(object.get(key));
    }

    /** The elements of a list. */
    List<Tree> elements() {
        return ((List<?>) present()).stream().map(Tree::new).toList();
    }

    boolean isNull() {
        return value == null;
    }

    double number() {
        return ((Number) present()).doubleValue();
    }

    /** Text as it is; lists and objects as Java prints them. */
    String text() {
        return String.valueOf(value);
    }

    private Object present() {
        if (value == null) {
            throw new AssertionError("null where a value was expected");
        }
        return value;
    }
}
