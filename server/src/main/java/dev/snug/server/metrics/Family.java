package dev.snug.server.metrics;

import java.util.List;

/** All series of one name. */
abstract class Family {
    /** Most series of one family; what comes after shares one whose labels all say "other". */
    static final int SERIES_MOST = 512;

    private final String name;
    private final String help;
    private final String type;
    private final List<String> labels;
    private final String others;

    Family(String name, String help, String type, List<String> labels) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a metric's name: " + name);
        }
        for (String label : labels) {
            if (!isName(label) || label.indexOf(':') >= 0 || label.startsWith("__")) {
                throw new IllegalArgumentException("not a label's name: " + label);
            }
        }
        this.name = name;
        this.help = help;
        this.type = type;
        this.labels = labels;
        String[] other = new String[labels.size()];
        java.util.Arrays.fill(other, "other");
        this.others = key(other);
    }

    final String name() {
        return name;
    }

    /** Appends heading and samples. */
    final void write(StringBuilder out) {
        out.append("# HELP ").append(name).append(' ');
        escape(out, help, false);
        out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
        samples(out);
    }

    abstract void samples(StringBuilder out);

    /** The series of these values: its labels as they are written, without braces. */
    final String key(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labels);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(labels.get(i)).append("=\"");
            escape(out, values[i], true);
            out.append('"');
        }
        return out.toString();
    }

    /** The key to use where {@code size} series are there and {@code known} says of this one. */
    final String bounded(String key, int size, boolean known) {
        return known || size < SERIES_MOST ? key : others;
    }

    static void sample(StringBuilder out, String name, String key, String value) {
        out.append(name);
        if (!key.isEmpty()) {
            out.append('{').append(key).append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    /** A number as the format has it. */
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        long whole = (long) value;
        return whole == value && Math.abs(whole) < 1L << 53
                ? Long.toString(whole)
                : Double.toString(value);
    }

    private static void escape(StringBuilder out, String text, boolean quotes) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                out.append("\\\\");
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '"' && quotes) {
                out.append("\\\"");
            } else {
                out.append(c);
            }
        }
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = i > 0 && c >= '0' && c <= '9';
            if (!letter && !digit && c != '_' && c != ':') {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
