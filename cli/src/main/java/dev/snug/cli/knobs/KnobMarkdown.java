package dev.snug.cli.knobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as a Markdown page whose tables are also readable as they are. */
public final class KnobMarkdown {
    private final Language language;
    private final Phrases phrases;
    private final StringBuilder page = new StringBuilder();

    private KnobMarkdown(Language language) {
        this.language = language;
        this.phrases = new Phrases(language);
    }

    /**
     * The page.
     *
     * @param picture path of the bar chart of a model, from where the page lies; empty for none
     */
    public static String page(
            KnobReport report, Language language, Function<Findings, String> picture) {
        return new KnobMarkdown(language).written(report, picture);
    }

    private String written(KnobReport report, Function<Findings, String> picture) {
        line("# " + language.text("title"));
        line(report.conditions().sentence(language));
        line(language.text("made_by", names(report)));
        line(language.text("introduction"));
        for (Findings findings : report.models()) {
            line("## " + findings.knobs().model().name());
            model(findings, picture.apply(findings));
        }
        line("## " + language.text("method_title"));
        line(language.text("method"));
        return page.toString().strip() + "\n";
    }

    private static String names(KnobReport report) {
        return report.models().stream()
                .map(findings -> findings.knobs().model().name())
                .collect(Collectors.joining(" "));
    }

    private void model(Findings findings, String picture) {
        line(work(findings));
        List<Row> rows = findings.rows();
        line(summary(rows));
        List<String[]> table = new ArrayList<>();
        table.add(language.text("columns").split("\\|", -1));
        rows.forEach(row -> table.add(cells(row)));
        table(table);
        line(proof(findings));
        if (!picture.isEmpty()) {
            String name = findings.knobs().model().name();
            line("![%s](%s)".formatted(language.text("picture", name), picture));
        }
    }

    /** What the default run does. */
    private String work(Findings findings) {
        JobFigures sampled = findings.sampled();
        return switch (findings.knobs()) {
            case SpeechKnobs speech ->
                    language.text(
                            "work_speech",
                            language.number(speech.seconds(), 1),
                            language.number(speech.referenceSeconds(), 1),
                            speech.steps(),
                            sampled.units(),
                            spread(findings));
            case PictureKnobs pictures ->
                    language.text(
                            "work_pictures",
                            PictureKnobs.PICTURES,
                            pictures.sides().getFirst(),
                            spread(findings));
        };
    }

    private String spread(Findings findings) {
        List<JobFigures> runs = findings.defaultRuns();
        double[] bytes = runs.stream().mapToDouble(JobFigures::peakBytes).sorted().toArray();
        double[] seconds =
                runs.stream().mapToDouble(run -> run.whole().seconds()).sorted().toArray();
        return language.text(
                "spread",
                runs.size(),
                language.mebibytes(bytes[0]),
                language.mebibytes(bytes[bytes.length - 1]),
                language.seconds(seconds[0]),
                language.seconds(seconds[seconds.length - 1]));
    }

    private String summary(List<Row> rows) {
        List<Verdict> verdicts =
                rows.stream()
                        .flatMap(
                                row ->
                                        row.setting().claims().stream()
                                                .map(claim -> Verdict.of(claim, row)))
                        .toList();
        return language.text(
                "summary",
                verdicts.size(),
                Collections.frequency(verdicts, Verdict.HOLDS),
                Collections.frequency(verdicts, Verdict.DOES_NOT_HOLD),
                Collections.frequency(verdicts, Verdict.NOT_MEASURED)
                        + Collections.frequency(verdicts, Verdict.NO_COUNTERPART));
    }

    private String[] cells(Row row) {
        return new String[] {
            phrases.knob(row.setting()),
            phrases.value(row.setting()),
            figure(row, figures -> language.mebibytes(figures.bytes())),
            figure(row, figures -> language.mebibytes(figures.anonymousBytes())),
            figure(row, figures -> language.seconds(figures.seconds())),
            figure(row, figures -> language.seconds(figures.cpuSeconds())),
            phrases.claims(row),
            phrases.found(row).replace("|", "\\|").replace("\n", " ")
        };
    }

    private static String figure(Row row, Function<Row.Figures, String> shown) {
        return row.figures().map(shown).orElse("–");
    }

    /** Whether more steps or pictures take more memory, and how far the prediction was off. */
    private String proof(Findings findings) {
        JobFigures full = findings.full();
        double error = findings.errorShare();
        String units = findings.knobs() instanceof SpeechKnobs ? "steps" : "pictures";
        return language.text(
                "proof_" + units + (findings.isFlat() ? "_flat" : "_grow"),
                findings.sampled().units(),
                language.mebibytes(findings.sampled().peakBytes()),
                full.units(),
                language.mebibytes(full.peakBytes()),
                language.seconds(findings.predicted().whole().seconds()),
                language.seconds(full.whole().seconds()),
                (error < 0 ? "−" : "+") + language.percent(error),
                language.seconds(findings.predicted().whole().cpuSeconds()),
                language.seconds(full.whole().cpuSeconds()));
    }

    private void line(String text) {
        page.append(text).append("\n\n");
    }

    /** Columns as wide as their widest cell, the last one as it comes. */
    private void table(List<String[]> rows) {
        int columns = rows.getFirst().length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            page.append(tableLine(rows.get(i), widths));
            if (i == 0) {
                String[] rule = new String[columns];
                Arrays.setAll(rule, column -> "-".repeat(Math.max(3, widths[column])));
                page.append(tableLine(rule, widths));
            }
        }
        page.append('\n');
    }

    private static String tableLine(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < cells.length; i++) {
            int missing = widths[i] - cells[i].codePointCount(0, cells[i].length());
            line.append(' ').append(cells[i]).append(" ".repeat(Math.max(0, missing)));
            line.append(" |");
        }
        return line.append("\n").toString();
    }
}
