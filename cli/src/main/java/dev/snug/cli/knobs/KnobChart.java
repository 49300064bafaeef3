package dev.snug.cli.knobs;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What each setting takes as an SVG picture: a bar for MiB and one for seconds in each row, a line
 * through both columns where the default stands.
 *
 * <p>For a width of 720 pixels and more, light and dark (prefers-color-scheme), without scripts,
 * fonts or anything from elsewhere. It says the same in words ({@code title}, {@code desc}).
 */
public final class KnobChart {
    private static final int WIDTH = 720;
    private static final int ROW_HEIGHT = 20;
    private static final int TOP = 64;

    /** Where the names end and the bars begin. */
    private static final int BYTES_LEFT = 220;

    private static final int SECONDS_LEFT = 490;
    private static final int BAR_WIDTH = 190;

    private static final String STYLE =
            """
            .page{fill:#fff}.text{fill:#1f2328}.dim{fill:#59636e}.bytes{fill:#0b6e99}
            .files{fill:#9bd1e5}.seconds{fill:#8a5a00}.default{stroke:#59636e;stroke-dasharray:3 3}
            text{font:12px system-ui,sans-serif}.title{font-size:14px;font-weight:600}
            @media(prefers-color-scheme:dark){
            .page{fill:#0d1117}.text{fill:#f0f6fc}.dim{fill:#9198a1}.bytes{fill:#2f9cc9}
            .files{fill:#1d4f66}.seconds{fill:#d29922}.default{stroke:#9198a1}}
            """;

    private final Language language;
    private final Phrases phrases;
    private final List<Row> rows;
    private final StringBuilder svg = new StringBuilder();

    private KnobChart(Findings findings, Language language) {
        this.language = language;
        this.phrases = new Phrases(language);
        this.rows =
                findings.rows().stream()
                        .filter(row -> row.figures().isPresent())
                        .filter(
                                row ->
                                        row.setting().knob() == Knob.DEFAULT
                                                || !row.setting().isDefault())
                        .toList();
    }

    /** The picture of one model's rows. */
    public static String svg(Findings findings, Language language) {
        String name = findings.knobs().model().name();
        return new KnobChart(findings, language).drawn(language.text("picture", name));
    }

    private String drawn(String title) {
        int height = TOP + rows.size() * ROW_HEIGHT + 12;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                        .formatted(WIDTH, height));
        add(" role=\"img\" aria-labelledby=\"t d\">\n");
        add("<title id=\"t\">%s</title>\n".formatted(escaped(title)));
        add("<desc id=\"d\">%s</desc>\n".formatted(escaped(words())));
        add("<style>\n%s</style>\n".formatted(STYLE));
        add("<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, height));
        text("text title", 12, 22, "start", title);
        text("text", BYTES_LEFT, 46, "start", language.text("chart_bytes"));
        text("text", SECONDS_LEFT, 46, "start", language.text("chart_seconds"));
        double bytesMost = most(Row.Figures::bytes);
        double secondsMost = most(Row.Figures::seconds);
        int y = TOP;
        for (Row row : rows) {
            row(row, y, bytesMost, secondsMost);
            y += ROW_HEIGHT;
        }
        Row standing = rows.getFirst();
        standing.figures()
                .ifPresent(
                        figures -> {
                            mark(BYTES_LEFT, figures.bytes() / bytesMost);
                            mark(SECONDS_LEFT, figures.seconds() / secondsMost);
                        });
        return svg.append("</svg>\n").toString();
    }

    private double most(ToDoubleFunction<Row.Figures> figure) {
        return rows.stream()
                .flatMap(row -> row.figures().stream())
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1);
    }

    private void row(Row row, int y, double bytesMost, double secondsMost) {
        text("text", BYTES_LEFT - 8, y + 14, "end", name(row));
        Row.Figures figures = row.figures().orElseThrow();
        double anonymous = Math.min(figures.bytes(), figures.anonymousBytes());
        bar("files", BYTES_LEFT, y, figures.bytes() / bytesMost);
        bar("bytes", BYTES_LEFT, y, anonymous / bytesMost);
        label(BYTES_LEFT, y, figures.bytes() / bytesMost, language.mebibytes(figures.bytes()));
        if (!Double.isNaN(figures.seconds())) {
            double share = figures.seconds() / secondsMost;
            bar("seconds", SECONDS_LEFT, y, share);
            label(SECONDS_LEFT, y, share, language.seconds(figures.seconds()));
        }
    }

    private String name(Row row) {
        String name = phrases.knob(row.setting()) + " " + phrases.value(row.setting());
        return name.strip().replace("**", "");
    }

    private void bar(String style, int left, int y, double share) {
        add("<rect class=\"%s\" x=\"%d\" y=\"%d\"".formatted(style, left, y + 3));
        add(" width=\"%s\" height=\"%d\"/>\n".formatted(pixels(share), ROW_HEIGHT - 6));
    }

    private void label(int left, int y, double share, String words) {
        text("dim", left + share * BAR_WIDTH + 5, y + 14, "start", words);
    }

    private void mark(int left, double share) {
        double x = left + share * BAR_WIDTH;
        add("<path class=\"default\" d=\"M%s %d".formatted(coordinate(x), TOP));
        add("V%d\"/>\n".formatted(TOP + rows.size() * ROW_HEIGHT));
    }

    /** Every row in words, for those who do not see the bars. */
    private String words() {
        StringBuilder words = new StringBuilder();
        for (Row row : rows) {
            Row.Figures figures = row.figures().orElseThrow();
            words.append(name(row)).append(": ");
            words.append(language.mebibytes(figures.bytes())).append(" MiB");
            if (!Double.isNaN(figures.seconds())) {
                words.append(", ").append(language.seconds(figures.seconds())).append(" s");
            }
            words.append(". ");
        }
        return words.toString().strip();
    }

    private void text(String style, double x, double y, String anchor, String words) {
        add("<text class=\"%s\" x=\"%s\" y=\"%s\"".formatted(style, coordinate(x), coordinate(y)));
        add(" text-anchor=\"%s\">%s</text>\n".formatted(anchor, escaped(words)));
    }

    private static String pixels(double share) {
        return coordinate(Math.max(0, share) * BAR_WIDTH);
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private void add(String text) {
        svg.append(text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
