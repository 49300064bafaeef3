package dev.snug.runtime.bundle;

import dev.snug.runtime.json.Json;

import java.util.regex.Pattern;

/**
 * The grammars of the names that become parts of a path: model, file, key of an optimised copy.
 *
 * <p>None can hold a separator, start with a dot or be longer than a file system allows, so no name
 * from outside leads out of its folder or hides in it.
 */
final class Names {
    private static final Pattern MODEL =
            Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}(:[a-z0-9][a-z0-9-]{0,15})?");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Letters, digits and the signs that no shell, URL or file system treats as its own. */
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+@=-]{0,199}");

    private Names() {}

    /** Returns {@code name} when it can name a model. */
    static String model(String name) {
        return require(
                MODEL,
                name,
                "model name",
                "lower-case letters, digits, '.', '_', '-', then ':' and a precision");
    }

    /** Returns {@code kind} when it can name a kind of model. */
    static String kind(String kind) {
        return require(KIND, kind, "kind", "lower-case letters, digits and '-'");
    }

    /** Returns {@code key} when it can name an optimised copy. */
    static String key(String key) {
        return require(KEY, key, "key", "letters, digits, '.', '_' and '-'");
    }

    /** Returns {@code name} when it can name a file of a bundle. */
    static String file(String name) {
        if (name.equals(Manifest.FILE_NAME)) {
            throw new IllegalArgumentException(name + " cannot be listed among the files");
        }
        return require(FILE, name, "file name", "letters, digits and ._+@=-");
    }

    private static String require(Pattern grammar, String name, String what, String allowed) {
        if (!grammar.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what
                            + " "
                            + Json.quoted(name)
                            + " is not plain: it may hold "
                            + allowed
                            + ", and starts with a letter or digit");
        }
        return name;
    }
}
