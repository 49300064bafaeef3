package dev.snug.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The oracle is a strict reader of the Prometheus text format 0.0.4, written here. */
class MetricsTest {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    private final Metrics metrics = new Metrics();

    @Test
    void countersGaugesAndHistogramsAreReadBack() {
        Counter requests =
                metrics.counter("snug_x_total", "What \\ is\ncounted.", "route", "status");
        requests.add(2, "/a", "200");
        requests.add(1, "/a", "200");
        requests.add(1, "q\"\\\n}", "500");
        metrics.counter("snug_never_total", "Nothing yet.");
        metrics.gauge("snug_ratio", "A part.", () -> 0.25);
        metrics.gauge("snug_bytes", "Many.", () -> 5e9);
        Histogram seconds =
                metrics.histogram("snug_y_seconds", "Time.", new double[] {0.1, 1}, "route");
        seconds.observe(0.1, "/a");
        seconds.observe(0.5, "/a");
        seconds.observe(70, "/a");
        seconds.observe(0, "/b");

        Map<String, Double> samples = read(metrics.text());
        assertThat(samples)
                .containsEntry("snug_x_total{route=/a,status=200}", 3.0)
                .containsEntry("snug_x_total{route=q\"\\\n},status=500}", 1.0)
                .containsEntry("snug_never_total{}", 0.0)
                .containsEntry("snug_ratio{}", 0.25)
                .containsEntry("snug_bytes{}", 5e9)
                .containsEntry("snug_y_seconds_bucket{le=0.1,route=/a}", 1.0)
                .containsEntry("snug_y_seconds_bucket{le=1,route=/a}", 2.0)
                .containsEntry("snug_y_seconds_bucket{le=+Inf,route=/a}", 3.0)
                .containsEntry("snug_y_seconds_sum{route=/a}", 70.6)
                .containsEntry("snug_y_seconds_count{route=/b}", 1.0);
    }

    @Test
    void seriesWithoutEndShareOne() {
        Counter counter = metrics.counter("snug_x_total", "X.", "name");
        for (int i = 0; i < 5000; i++) {
            counter.add(1, "n" + i);
        }
        Map<String, Double> samples = read(metrics.text());
        assertThat(samples).hasSize(Family.SERIES_MOST + 1);
        assertThat(samples).containsEntry("snug_x_total{name=other}", 5000.0 - Family.SERIES_MOST);
    }

    @Test
    void whatIsNoMetricIsRefused() {
        metrics.counter("snug_x_total", "X.");
        assertRefused(() -> metrics.counter("snug_x_total", "X."));
        assertRefused(() -> metrics.counter("snug_x", "X."));
        assertRefused(() -> metrics.counter("1_total", "X."));
        assertRefused(() -> metrics.counter("é_total", "X."));
        assertRefused(() -> metrics.counter("a_total", "X.", "__name__"));
        assertRefused(() -> metrics.counter("b_total", "X.", "a:b"));
        assertRefused(() -> metrics.histogram("h", "H.", new double[] {1, 1}));
        Counter counter = metrics.counter("c_total", "C.", "a");
        assertRefused(() -> counter.add(1));
        assertRefused(() -> counter.add(-1, "a"));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    /** Every sample by name and sorted labels; fails where the text breaks a rule of the format. */
    static Map<String, Double> read(String text) {
        assertThat(text).endsWith("\n");
        Map<String, Double> samples = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        String family = "";
        String type = "";
        Map<String, Double> lastBucket = new TreeMap<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                family = line.split(" ", -1)[2];
                assertThat(family).matches(NAME);
                assertThat(seen.add(family)).as("one family " + family).isTrue();
                type = "";
                continue;
            }
            if (line.startsWith("# TYPE ")) {
                assertThat(line.split(" ", -1)[2]).isEqualTo(family);
                assertThat(type).isEmpty();
                type = line.split(" ", -1)[3];
                assertThat(type).isIn("counter", "gauge", "histogram");
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            Map<String, String> labels = labels(sample.group(2));
            double value = Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"));
            String name = sample.group(1);
            assertThat(samples.put(name + labels, value)).as("one sample " + line).isNull();
            if (!type.equals("histogram")) {
                assertThat(name).isEqualTo(family);
                continue;
            }
            String bound = labels.remove("le");
            String series = family + labels;
            if (name.equals(family + "_bucket")) {
                assertThat(bound).isNotNull();
                assertThat(value).isGreaterThanOrEqualTo(lastBucket.getOrDefault(series, 0.0));
                lastBucket.put(series, value);
                lastBucket.put(series + " last " + bound, value);
            } else if (name.equals(family + "_count")) {
                assertThat(lastBucket.get(series + " last +Inf")).isEqualTo(value);
            } else {
                assertThat(name).isEqualTo(family + "_sum");
            }
        }
        Map<String, Double> plain = new LinkedHashMap<>();
        samples.forEach((key, value) -> plain.put(key.replace(", ", ","), value));
        return plain;
    }

    private static Map<String, String> labels(@Nullable String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text == null) {
            return labels;
        }
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find() && label.start() == end) {
            String value = label.group(2).replace("\\n", "\n").replace("\\\"", "\"");
            assertThat(labels.put(label.group(1), value.replace("\\\\", "\\"))).isNull();
            end = label.end();
        }
        assertThat(end).as("labels " + text).isEqualTo(text.length());
        return labels;
    }
}
