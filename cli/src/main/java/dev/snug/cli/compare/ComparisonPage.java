package dev.snug.cli.compare;

import dev.snug.cli.language.Language;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/**
 * A comparison as one HTML page that needs nothing else: no network, no script, pictures and sound
 * inside.
 *
 * @param filesA what the first model made
 * @param filesB what the second model made
 */
public record ComparisonPage(
        Comparison comparison,
        KeptQuality kept,
        CaseFiles filesA,
        CaseFiles filesB,
        Language language) {
    /** Cases shown with pictures or sound, those that differ most: some 30 MB of page. */
    private static final int SHOWN_MAX = 50;

    /** Bands of a mel. */
    private static final int BANDS = 100;

    private static final String STYLE = "page.css";

    /** Writes the page in UTF-8; {@code out} is left open. */
    public void write(OutputStream out) throws IOException {
        Html html = new Html(out);
        Properties words = PageWords.in(language);
        String a = comparison.a().model();
        String b = comparison.b().model();
        html.raw("<!doctype html>\n<html lang=\"" + language.tag() + "\">\n<head>\n");
        html.raw("<meta charset=\"utf-8\">\n<meta name=\"viewport\"");
        html.raw(" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
        html.raw(" style-src 'unsafe-inline'; img-src data:; media-src data:\">\n");
        html.element("title", say(words, "title", a, b)).raw("\n<style>\n");
        html.raw(style()).raw("</style>\n</head>\n<body>\n<main>\n");
        html.element("h1", say(words, "title", a, b)).raw("\n");
        html.raw("<ul class=\"sum\">\n");
        for (String line : sum(words)) {
            html.element("li", line).raw("\n");
        }
        html.element("li", say(words, "kept." + kept.reason(), kept.model())).raw("\n</ul>\n");
        writeCosts(html, words);
        writeCases(html, words);
        writeFailed(html, words);
        writeShown(html, words);
        html.element("p class=\"foot\"", say(words, "foot")).raw("\n");
        html.raw("</main>\n</body>\n</html>\n");
    }

    private List<String> sum(Properties words) {
        return switch (comparison) {
            case Comparison.Pictures pictures -> {
                long same =
                        pictures.cases().stream().filter(one -> one.difference().sameTop()).count();
                yield List.of(
                        say(words, "sum.same", same, pictures.cases().size()),
                        say(
                                words,
                                "sum.probability",
                                ComparisonTable.number(
                                        "%.4f", pictures.probabilities().map(Spread::most)),
                                ComparisonTable.number(
                                        "%.4f", pictures.probabilities().map(Spread::median))),
                        say(
                                words,
                                "sum.map",
                                pictures.sum()
                                        .map(
                                                sum ->
                                                        ComparisonTable.number(
                                                                "%.4f", sum.mapCorrelationMedian()))
                                        .orElse("–"),
                                pictures.sum()
                                        .map(
                                                sum ->
                                                        ComparisonTable.number(
                                                                "%.4f", sum.mapCorrelationMin()))
                                        .orElse("–")));
            }
            case Comparison.Speech speech ->
                    List.of(
                            say(words, "sum.sentences", speech.cases().size()),
                            say(
                                    words,
                                    "sum.mel",
                                    ComparisonTable.number(
                                            "%.2f", speech.melDistances().map(Spread::median)),
                                    ComparisonTable.number(
                                            "%.2f", speech.melDistances().map(Spread::most))));
        };
    }

    private void writeCosts(Html html, Properties words) throws IOException {
        html.raw("<div class=\"wide\"><table>\n").element("caption", say(words, "costs"));
        html.raw("\n<thead><tr><td></td>");
        html.element("th scope=\"col\"", comparison.a().model());
        html.element("th scope=\"col\"", comparison.b().model());
        html.element("th scope=\"col\"", "B / A").raw("</tr></thead>\n<tbody>\n");
        for (CostRow row : CostRow.of(comparison)) {
            html.raw("<tr>").element("th scope=\"row\"", say(words, "cost." + row.cost().name()));
            html.element("td", row.first()).element("td", row.second());
            html.element("td", row.ratio()).raw("</tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n");
    }

    private void writeCases(Html html, Properties words) throws IOException {
        html.raw("<div class=\"wide\"><table class=\"cases\">\n");
        html.element("caption", say(words, "cases"));
        html.raw("\n<thead><tr>");
        String kind = comparison instanceof Comparison.Pictures ? "pictures" : "speech";
        String[] columns = say(words, "columns." + kind).split("\\|", -1);
        for (String column : columns) {
            html.element("th scope=\"col\"", column);
        }
        html.raw("</tr></thead>\n<tbody>\n");
        switch (comparison) {
            case Comparison.Pictures pictures -> {
                for (PictureCase one : pictures.cases()) {
                    row(html, words, one);
                }
            }
            case Comparison.Speech speech -> {
                for (SpeechCase one : speech.cases()) {
                    row(html, one);
                }
            }
        }
        html.raw("</tbody>\n</table></div>\n").element("p", say(words, "legend." + kind));
        html.raw("\n");
    }

    private static void row(Html html, Properties words, PictureCase one) throws IOException {
        boolean same = one.difference().sameTop();
        html.raw(same ? "<tr>" : "<tr class=\"apart\">");
        html.element("td", String.valueOf(one.number()));
        html.element("th scope=\"row\"", one.name());
        html.element("td", top(one.a())).element("td", top(one.b()));
        html.element("td", say(words, same ? "yes" : "no"));
        html.element("td", number("%.4f", one.difference().probabilityDifference()));
        html.element("td", ComparisonTable.number("%.4f", one.difference().mapCorrelation()));
        html.raw("</tr>\n");
    }

    private static void row(Html html, SpeechCase one) throws IOException {
        html.raw("<tr>").element("td", String.valueOf(one.number()));
        html.element("th scope=\"row\"", one.text());
        html.element("td", number("%.2f", one.a().audioSeconds()));
        html.element("td", number("%.2f", one.b().audioSeconds()));
        html.element("td", ComparisonTable.number("%.2f", one.melDistance()));
        html.element("td", number("%.2f", one.a().cpuSeconds()));
        html.element("td", number("%.2f", one.b().cpuSeconds()));
        html.element("td", number("%.2f", one.a().realTimeFactor()));
        html.element("td", number("%.2f", one.b().realTimeFactor())).raw("</tr>\n");
    }

    private void writeFailed(Html html, Properties words) throws IOException {
        if (comparison.failed().isEmpty()) {
            return;
        }
        html.element("h2", say(words, "failed")).raw("\n<ul>\n");
        for (FailedCase failed : comparison.failed()) {
            String line = failed.number() + ". " + failed.name() + ": " + failed.error();
            html.element("li", line).raw("\n");
        }
        html.raw("</ul>\n");
    }

    private void writeShown(Html html, Properties words) throws IOException {
        html.element("h2", say(words, "shown")).raw("\n");
        int cases =
                switch (comparison) {
                    case Comparison.Pictures pictures -> pictures.cases().size();
                    case Comparison.Speech speech -> speech.cases().size();
                };
        if (cases > SHOWN_MAX) {
            html.element("p", say(words, "shown.some", SHOWN_MAX, cases)).raw("\n");
        }
        switch (comparison) {
            case Comparison.Pictures pictures -> {
                for (PictureCase one :
                        most(pictures.cases(), Comparator.comparing(PictureCase::strangeness))) {
                    show(html, words, one);
                }
            }
            case Comparison.Speech speech -> {
                for (SpeechCase one :
                        most(speech.cases(), Comparator.comparing(SpeechCase::strangeness))) {
                    show(html, words, one);
                }
            }
        }
    }

    /** Those that differ most first. */
    private static <T> List<T> most(List<T> cases, Comparator<T> order) {
        return cases.stream().sorted(order.reversed()).limit(SHOWN_MAX).toList();
    }

    private void show(Html html, Properties words, PictureCase one) throws IOException {
        html.raw("<section>\n").element("h3", one.number() + ". " + one.name());
        html.raw("\n<div class=\"pair\">\n");
        figure(html, words, comparison.a().model(), one, one.a(), filesA);
        figure(html, words, comparison.b().model(), one, one.b(), filesB);
        html.raw("</div>\n</section>\n");
    }

    private static void figure(
            Html html,
            Properties words,
            String model,
            PictureCase one,
            PictureCase.Answer answer,
            CaseFiles files)
            throws IOException {
        html.raw("<figure><img alt=\"").text(say(words, "alt.map", model, one.name()));
        html.raw("\" src=\"").data("image/png", files.overlay(one.number() - 1)).raw("\">\n");
        html.element("figcaption", model + ": " + top(answer)).raw("</figure>\n");
    }

    private void show(Html html, Properties words, SpeechCase one) throws IOException {
        float[] melA = filesA.readMel(one.number() - 1);
        float[] melB = filesB.readMel(one.number() - 1);
        html.raw("<section>\n").element("h3", one.number() + ". " + one.text());
        html.raw("\n<div class=\"pair\">\n");
        MelPicture a = MelPicture.beside(melA, melB, BANDS);
        MelPicture b = MelPicture.beside(melB, melA, BANDS);
        figure(html, words, comparison.a().model(), one, a, filesA);
        figure(html, words, comparison.b().model(), one, b, filesB);
        html.raw("</div>\n</section>\n");
    }

    private static void figure(
            Html html,
            Properties words,
            String model,
            SpeechCase one,
            MelPicture spectrogram,
            CaseFiles files)
            throws IOException {
        html.raw("<figure><img alt=\"").text(say(words, "alt.mel", model, one.text()));
        html.raw("\" src=\"").data("image/png", spectrogram::write).raw("\">\n");
        html.raw("<audio controls preload=\"none\" aria-label=\"");
        html.text(say(words, "alt.sound", model, one.text())).raw("\" src=\"");
        html.data("audio/wav", files.sound(one.number() - 1)).raw("\"></audio>\n");
        html.element("figcaption", model).raw("</figure>\n");
    }

    private static String top(PictureCase.Answer answer) {
        return answer.found().top().label().name()
                + " "
                + number("%.4f", answer.found().top().probability());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String say(Properties words, String key, Object... values) {
        String pattern = Objects.requireNonNull(words.getProperty(key), key);
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String style() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ComparisonPage.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
