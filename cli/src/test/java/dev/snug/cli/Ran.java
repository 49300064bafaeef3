package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.json.Json;

import tools.jackson.jr.stree.JrsArray;
import tools.jackson.jr.stree.JrsObject;
import tools.jackson.jr.stree.JrsValue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** How one command line ended and what it wrote. */
record Ran(int exitCode, String out, String err) {
    /** This, when it ended with {@code expected}; the failure shows what it said. */
    Ran ended(int expected) {
        assertThat(exitCode).as("%s", this).isEqualTo(expected);
        return this;
    }

    /** Standard output read as one JSON object a line. */
    List<JrsObject> objects() {
        return out.lines().map(Ran::object).toList();
    }

    /** Standard output read as one JSON list of objects. */
    List<JrsObject> list() {
        JrsArray array = (JrsArray) object("{\"list\":" + out + "}").get("list");
        List<JrsObject> objects = new ArrayList<>();
        array.elements().forEachRemaining(element -> objects.add((JrsObject) element));
        return objects;
    }

    /** The one line of complaint on standard error, without "snug: ". */
    String complaint() {
        List<String> lines =
                err.lines()
                        .filter(line -> !line.startsWith("Try: "))
                        .filter(
                                line ->
                                        !line.matches(
                                                "snug: (reading|laying|checking|verifying) .*"))
                        .toList();
        assertThat(lines).as("%s", this).hasSize(1);
        assertThat(lines.getFirst()).startsWith("snug: ");
        return lines.getFirst().substring("snug: ".length());
    }

    static List<String> keys(JrsObject object) {
        List<String> keys = new ArrayList<>();
        object.propertyNames().forEach(keys::add);
        return keys;
    }

    static List<JrsObject> elements(JrsValue array) {
        List<JrsObject> objects = new ArrayList<>();
        ((JrsArray) array).elements().forEachRemaining(element -> objects.add((JrsObject) element));
        return objects;
    }

    /** The words and numbers of a value, as JSON nests them. */
    static String text(JrsValue value) {
        return switch (value) {
            case JrsArray array -> {
                StringJoiner list = new StringJoiner(", ", "[", "]");
                array.elements().forEachRemaining(element -> list.add(text(element)));
                yield list.toString();
            }
            case JrsObject object -> {
                StringJoiner pairs = new StringJoiner(", ", "{", "}");
                keys(object).forEach(key -> pairs.add(key + "=" + text(object.get(key))));
                yield pairs.toString();
            }
            default -> value.asText();
        };
    }

    private static JrsObject object(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8), "standard output");
    }
}
