package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the route of a method and a path. Segment by segment from the left, a literal one goes
 * before a {@code {name}}; {@code GET} answers {@code HEAD}. Pure.
 */
final class Router {
    /**
     * What was found.
     *
     * @param route null when there is none for this method
     * @param segments of the path, by name
     * @param allowed methods of the path, separated by commas; empty when there is no such path
     */
    record Match(@Nullable Route route, Map<String, String> segments, String allowed) {}

    private record Entry(Route route, List<String> segments) {}

    private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");
    private static final Match NONE = new Match(null, Map.of(), "");

    private final List<Entry> entries = new ArrayList<>();

    /**
     * Of these routes.
     *
     * @throws IllegalArgumentException when two are the same or one is none
     */
    Router(List<Route> routes) {
        for (Route route : routes) {
            if (!route.path().startsWith("/") || !METHODS.contains(route.method())) {
                throw new IllegalArgumentException("no route: " + name(route));
            }
            Entry entry = new Entry(route, split(route.path()));
            for (Entry other : entries) {
                if (other.route().method().equals(route.method())
                        && order(other.segments(), entry.segments()) == 0) {
                    throw new IllegalArgumentException(
                            name(route) + " and " + name(other.route()) + " are the same");
                }
            }
            entries.add(entry);
        }
    }

    /**
     * The route for this.
     *
     * @param segments of the path, decoded
     */
    Match find(String method, List<String> segments) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        Entry best = null;
        TreeSet<String> allowed = new TreeSet<>();
        for (Entry entry : entries) {
            if (!fits(entry.segments(), segments)) {
                continue;
            }
            allowed.add(entry.route().method());
            if (entry.route().method().equals("GET")) {
                allowed.add("HEAD");
            }
            if (entry.route().method().equals(wanted)
                    && (best == null || order(entry.segments(), best.segments()) < 0)) {
                best = entry;
            }
        }
        if (best == null) {
            return allowed.isEmpty() ? NONE : new Match(null, Map.of(), String.join(", ", allowed));
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String pattern = best.segments().get(i);
            if (isName(pattern)) {
                named.put(pattern.substring(1, pattern.length() - 1), segments.get(i));
            }
        }
        return new Match(best.route(), named, "");
    }

    /**
     * The segments of a raw path, decoded.
     *
     * @throws HttpException 400 for a broken escape, or a segment that could lead elsewhere: one of
     *     dots, or one that hides a slash or a control character
     */
    static List<String> segments(String rawPath) {
        List<String> segments = split(rawPath);
        for (int i = 0; i < segments.size(); i++) {
            String text = Percent.decode(segments.get(i), false);
            if (text.equals(".") || text.equals("..") || hides(text)) {
                throw HttpException.of(400, "bad_path", "The path has a segment that is no name");
            }
            segments.set(i, text);
        }
        return segments;
    }

    private static boolean hides(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '\\' || Character.isISOControl(c)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int start = path.startsWith("/") ? 1 : 0;
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        segments.add(path.substring(start));
        return segments;
    }

    private static boolean fits(List<String> pattern, List<String> segments) {
        if (pattern.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (isName(part) ? segments.get(i).isEmpty() : !part.equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Below 0 when {@code a} is literal where {@code b} first is not; 0 when they are the same. */
    private static int order(List<String> a, List<String> b) {
        if (a.size() != b.size()) {
            return Integer.compare(a.size(), b.size());
        }
        for (int i = 0; i < a.size(); i++) {
            boolean named = isName(a.get(i));
            if (named != isName(b.get(i))) {
                return named ? 1 : -1;
            }
            if (!named && !a.get(i).equals(b.get(i))) {
                return a.get(i).compareTo(b.get(i));
            }
        }
        return 0;
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }
}
