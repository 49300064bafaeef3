package dev.snug.runtime.measure.plot;

import dev.snug.runtime.measure.MemorySample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Memory over time as an SVG picture: anonymous pages, on them those of files (shared ones among
 * them), stages as bands with their names, the peak marked.
 *
 * <p>For a width of 360 pixels and more, light and dark (prefers-color-scheme), without scripts,
 * fonts or anything from elsewhere. It says the same in words ({@code title}, {@code desc}).
 */
public final class MemoryPlot {
    private static final double MIB = 1 << 20;
    private static final double SECOND = 1e6;

    private static final int WIDTH = 360;
    private static final int LEFT = 40;
    private static final int TOP = 74;
    private static final int PLOT_WIDTH = WIDTH - LEFT - 12;
    private static final int PLOT_HEIGHT = 150;
    private static final int BOTTOM = TOP + PLOT_HEIGHT;

    /** What the axis reaches beyond the peak, so that its label fits above it. */
    private static final double HEADROOM = 1.15;

    /** Points of an outline: two a pixel; more of them cannot be seen. */
    private static final int POINTS_MAX = 2 * PLOT_WIDTH;

    /** Pixels of one letter of the small font; narrower bands stay without a name in them. */
    private static final double LETTER = 6.2;

    private static final String STYLE =
            """
            .page{fill:#fff}.text{fill:#1f2328}.dim{fill:#59636e}.grid{stroke:#d1d9e0}
            .anonymous{fill:#0b6e99}.file{fill:#9bd1e5}.even{fill:#59636e;opacity:.08}
            .odd{fill:#59636e;opacity:.2}.peak{stroke:#c2410c;fill:none}.mark{fill:#c2410c}
            text{font:11px system-ui,sans-serif}.title{font-size:13px;font-weight:600}
            @media(prefers-color-scheme:dark){
            .page{fill:#0d1117}.text{fill:#f0f6fc}.dim{fill:#9198a1}.grid{stroke:#3d444d}
            .anonymous{fill:#2f9cc9}.file{fill:#1d4f66}.even{fill:#9198a1}.odd{fill:#9198a1}
            .peak{stroke:#ff9a5c}.mark{fill:#ff9a5c}}
            """;

    private final List<MemorySample> samples;
    private final List<StageBand> bands;
    private final Scale time;
    private final Scale memory;
    private final long peakBytes;
    private final StringBuilder svg = new StringBuilder();

    private MemoryPlot(List<MemorySample> samples) {
        this.samples = samples;
        this.bands = StageBand.of(samples);
        this.peakBytes = samples.getLast().peakBytes();
        long most = samples.stream().mapToLong(MemorySample::residentBytes).max().orElse(0);
        this.time = Scale.upTo(samples.getLast().micros() / SECOND, 5, PLOT_WIDTH);
        this.memory = Scale.over(HEADROOM * Math.max(most, peakBytes) / MIB, 4, PLOT_HEIGHT);
    }

    /**
     * The picture of {@code samples}.
     *
     * @param title one line, shortened where it is longer than the picture is wide
     * @param samples of one run in the order of time, one at least
     */
    public static String svg(String title, List<MemorySample> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a plot of no samples");
        }
        return new MemoryPlot(List.copyOf(samples)).draw(title);
    }

    private String draw(String title) {
        int height = BOTTOM + 34 + legendRows() * 15;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                        .formatted(WIDTH, height));
        add(" role=\"img\" aria-labelledby=\"t d\">\n");
        add(
                "<title id=\"t\">%s</title>\n<desc id=\"d\">%s</desc>\n"
                        .formatted(escaped(title), words()));
        add("<style>\n%s</style>\n".formatted(STYLE));
        add("<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, height));
        text("text title", 10, 19, "start", shortened(title));
        legend();
        stages();
        axes();
        area("anonymous", sample -> 0, sample -> sample.anonymousBytes() / MIB);
        area(
                "file",
                sample -> sample.anonymousBytes() / MIB,
                sample -> sample.residentBytes() / MIB);
        peak();
        stageTable();
        return svg.append("</svg>\n").toString();
    }

    private String words() {
        return escaped(
                String.format(
                        Locale.ROOT,
                        "Resident memory over %.2f seconds; peak %.1f MiB, anonymous at most %.1f"
                                + " MiB",
                        samples.getLast().micros() / SECOND,
                        peakBytes / MIB,
                        mostAnonymous() / MIB));
    }

    private long mostAnonymous() {
        return samples.stream().mapToLong(MemorySample::anonymousBytes).max().orElse(0);
    }

    private void legend() {
        add("<rect class=\"anonymous\" x=\"10\" y=\"29\" width=\"10\" height=\"10\"/>\n");
        String anonymous =
                String.format(Locale.ROOT, "anonymous, at most %.1f MiB", mostAnonymous() / MIB);
        text("text", 25, 38, "start", anonymous);
        add("<rect class=\"file\" x=\"205\" y=\"29\" width=\"10\" height=\"10\"/>\n");
        text("text", 220, 38, "start", "mapped files");
        text("dim", 10, TOP - 6, "start", "MiB");
    }

    private void stages() {
        int number = 0;
        for (StageBand band : bands) {
            double x = LEFT + time.at(band.fromMicros() / SECOND);
            double width = time.at(band.micros() / SECOND);
            add("<rect class=\"%s\"".formatted(number++ % 2 == 0 ? "even" : "odd"));
            add(
                    " x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n"
                            .formatted(n(x), TOP, n(width), PLOT_HEIGHT));
            if (!band.name().isEmpty() && width > band.name().length() * LETTER + 4) {
                text("text", x + width / 2, TOP - 6, "middle", band.name());
            }
        }
    }

    private void axes() {
        for (int i = 0; i <= memory.labels(); i++) {
            double y = BOTTOM - memory.at(i * memory.step());
            add(
                    "<path class=\"grid\" d=\"M%d %sH%d\"/>\n"
                            .formatted(LEFT, n(y), LEFT + PLOT_WIDTH));
            text("dim", LEFT - 5, y + 4, "end", memory.label(i));
        }
        for (int i = 0; i <= time.labels(); i++) {
            double x = LEFT + time.at(i * time.step());
            text("dim", x, BOTTOM + 15, "middle", time.label(i) + (i == 0 ? " s" : ""));
        }
    }

    /** An area between two lines, each stepping through the samples. */
    private void area(
            String name, ToDoubleFunction<MemorySample> from, ToDoubleFunction<MemorySample> to) {
        List<MemorySample> drawn = drawn();
        StringBuilder path = new StringBuilder();
        for (MemorySample sample : drawn) {
            path.append(path.isEmpty() ? "M" : "L").append(point(sample, to));
        }
        for (MemorySample sample : drawn.reversed()) {
            path.append("L").append(point(sample, from));
        }
        add("<path class=\"%s\" d=\"%sZ\"/>\n".formatted(name, path));
    }

    private String point(MemorySample sample, ToDoubleFunction<MemorySample> value) {
        return n(LEFT + time.at(sample.micros() / SECOND))
                + " "
                + n(BOTTOM - memory.at(value.applyAsDouble(sample)));
    }

    /** Of each half pixel the sample with the most memory, and always the last one. */
    private List<MemorySample> drawn() {
        List<MemorySample> drawn = new ArrayList<>();
        long cell = -1;
        for (MemorySample sample : samples) {
            long at = Math.round(sample.micros() / SECOND / time.most() * POINTS_MAX);
            if (at != cell) {
                drawn.add(sample);
                cell = at;
            } else if (sample.residentBytes() > drawn.getLast().residentBytes()) {
                drawn.set(drawn.size() - 1, sample);
            }
        }
        drawn.add(samples.getLast());
        return drawn;
    }

    /** The kernel's peak may lie between two samples; the highest sample shows about when. */
    private void peak() {
        MemorySample highest = samples.getFirst();
        for (MemorySample sample : samples) {
            if (sample.residentBytes() > highest.residentBytes()) {
                highest = sample;
            }
        }
        double x = LEFT + time.at(highest.micros() / SECOND);
        double y = BOTTOM - memory.at(peakBytes / MIB);
        add(
                "<path class=\"peak\" stroke-dasharray=\"3 3\" d=\"M%d %sH%s\"/>\n"
                        .formatted(LEFT, n(y), n(x)));
        add("<circle class=\"mark\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>\n".formatted(n(x), n(y)));
        String label = String.format(Locale.ROOT, "peak %.1f MiB", peakBytes / MIB);
        boolean isLate = x > LEFT + PLOT_WIDTH / 2.0;
        text("mark", x + (isLate ? 6 : -6), y - 7, isLate ? "end" : "start", label);
    }

    private List<StageBand> named() {
        return bands.stream().filter(band -> !band.name().isEmpty()).limit(12).toList();
    }

    private int legendRows() {
        return (named().size() + 1) / 2;
    }

    /** Every stage with its length and its own peak, also those too short for a name above. */
    private void stageTable() {
        int row = 0;
        for (StageBand band : named()) {
            long most =
                    samples.stream()
                            .filter(sample -> sample.micros() >= band.fromMicros())
                            .filter(sample -> sample.micros() <= band.toMicros())
                            .mapToLong(MemorySample::residentBytes)
                            .max()
                            .orElse(0);
            String words =
                    String.format(
                            Locale.ROOT,
                            "%s %.2f s, %.0f MiB",
                            band.name(),
                            band.micros() / SECOND,
                            most / MIB);
            text("text", row % 2 == 0 ? 10 : 190, BOTTOM + 36 + row / 2 * 15, "start", words);
            row++;
        }
    }

    private void text(String style, double x, double y, String anchor, String words) {
        add("<text class=\"%s\" x=\"%s\" y=\"%s\"".formatted(style, n(x), n(y)));
        add(" text-anchor=\"%s\">%s</text>\n".formatted(anchor, escaped(words)));
    }

    private void add(String text) {
        svg.append(text);
    }

    /** A coordinate, to a tenth of a pixel. */
    private static String n(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String shortened(String title) {
        int most = 44;
        return title.length() > most ? title.substring(0, most - 1) + "…" : title;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
