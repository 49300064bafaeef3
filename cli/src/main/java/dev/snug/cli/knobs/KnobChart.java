package dev.snug.cli.knobs;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What each setting takes as an SVG picture: a bar for MiB and one for seconds in each row, a line
 * through both columns where the default stands.
 *
 * <p>As wide as its longest name asks for, light and dark (prefers-color-scheme), without scripts,
 * fonts or anything from elsewhere. It says the same in words ({@code title}, {@code desc}).
 */
public final class KnobChart {
    private static final int ROW_HEIGHT = 20;
    private static final int TOP = 64;
    private static final int BAR_WIDTH = 190;

    /** A bar, its label, and air behind it. */
    private static final int COLUMN_WIDTH = BAR_WIDTH + 70;

    /** Pixels of one letter of the font, a little more than most have. */
    private static final double LETTER = 6.6;

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

    /** Where the names end and the bars of memory begin, then those of time. */
    private final int bytesLeft;

    private final int secondsLeft;
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
        int letters = rows.stream().mapToInt(row -> name(row).length()).max().orElse(0);
        this.bytesLeft = (int) (letters * LETTER) + 20;
        this.secondsLeft = bytesLeft + COLUMN_WIDTH;
    }

    /** The picture of one model's rows. */
    public static String svg(Findings findings, Language language) {
        String name = findings.knobs().model().name();
        return new KnobChart(findings, language).drawn(language.text("picture", name));
    }

    private String drawn(String title) {
        int width = secondsLeft + COLUMN_WIDTH;
        int height = TOP + rows.size() * ROW_HEIGHT + 12;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                        .formatted(width, height));
        add(" role=\"img\" aria-labelledby=\"t d\">\n");
        add("<title id=\"t\">%s</title>\n".formatted(escaped(title)));
        add("<desc id=\"d\">%s</desc>\n".formatted(escaped(words())));
        add("<style>\n%s</style>\n".formatted(STYLE));
        add("<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n".formatted(width, height));
        text("text title", 12, 22, "start", title);
        text("text", bytesLeft, 46, "start", language.text("chart_bytes"));
        text("text", secondsLeft, 46, "start", language.text("chart_seconds"));
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
                            mark(bytesLeft, figures.bytes() / bytesMost);
                            mark(secondsLeft, figures.seconds() / secondsMost);
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
        text("text", bytesLeft - 8, y + 14, "end", name(row));
        Row.Figures figures = row.figures().orElseThrow();
        double anonymous = Math.min(figures.bytes(), figures.anonymousBytes());
        bar("files", bytesLeft, y, figures.bytes() / bytesMost);
        bar("bytes", bytesLeft, y, anonymous / bytesMost);
        label(bytesLeft, y, figures.bytes() / bytesMost, language.mebibytes(figures.bytes()));
        if (!Double.isNaN(figures.seconds())) {
            double share = figures.seconds() / secondsMost;
            bar("seconds", secondsLeft, y, share);
            label(secondsLeft, y, share, language.seconds(figures.seconds()));
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
