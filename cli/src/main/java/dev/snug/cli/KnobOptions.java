package dev.snug.cli;

import dev.snug.cli.knobs.Findings;
import dev.snug.cli.knobs.KnobChart;
import dev.snug.cli.knobs.KnobCsv;
import dev.snug.cli.knobs.KnobJson;
import dev.snug.cli.knobs.KnobMarkdown;
import dev.snug.cli.knobs.KnobReport;
import dev.snug.cli.knobs.Language;
import dev.snug.runtime.bundle.WholeFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The options of the knob report, and the files that it becomes. */
final class KnobOptions {
    @Option(
            names = "--knobs",
            description = {
                "Turn every setting that the guides to low memory name, each alone and all"
                        + " together, and say what it does beside what the guide claims."
            })
    private boolean knobs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            split = ",",
            description = "Write the report as Markdown, one file for each language.")
    private List<Path> outputs = List.of();

    @Option(
            names = "--lang",
            paramLabel = "en|vi",
            split = ",",
            description = "Language of the report, or several. Default: en.")
    private List<Language> languages = List.of(Language.EN);

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = {
                "Draw bars of memory and time. With several models or languages each has a file of"
                        + " its own: FILE-MODEL-LANGUAGE."
            })
    private @Nullable Path svg;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write every row as CSV.")
    private @Nullable Path csv;

    /** Whether the report is asked for. */
    boolean isAsked() {
        return knobs;
    }

    /** Checks that the options fit together, before hours are spent. */
    void check() {
        boolean isNamed = svg != null || csv != null || !outputs.isEmpty();
        if (!knobs && (isNamed || !languages.equals(List.of(Language.EN)))) {
            throw new UsageException("--output, --lang, --svg and --csv belong to --knobs");
        }
        if (outputs.size() != languages.size() && !(outputs.isEmpty() && languages.size() == 1)) {
            throw new UsageException(
                    "%d files for %d languages; name as many with -o as with --lang"
                            .formatted(outputs.size(), languages.size()));
        }
        Stream.concat(outputs.stream(), Stream.of(svg, csv).flatMap(Stream::ofNullable))
                .filter(Files::isDirectory)
                .findFirst()
                .ifPresent(
                        folder -> {
                            throw new UsageException(folder + " is a folder; name a file in it");
                        });
    }

    /**
     * Writes the files; then to {@code out} one JSON object, or the page where no file was asked
     * for.
     */
    void write(KnobReport report, PrintStream out, boolean isJson) {
        if (csv != null) {
            write(csv, KnobCsv.text(report));
        }
        boolean hasSeveral = report.models().size() > 1 || languages.size() > 1;
        for (int i = 0; i < languages.size(); i++) {
            Language language = languages.get(i);
            for (Findings findings : report.models()) {
                Path picture = picture(findings, language, hasSeveral);
                if (picture != null) {
                    write(picture, KnobChart.svg(findings, language));
                }
            }
            if (!outputs.isEmpty()) {
                Path page = outputs.get(i);
                write(
                        page,
                        KnobMarkdown.page(
                                report,
                                language,
                                findings -> link(page, picture(findings, language, hasSeveral))));
            }
        }
        if (isJson) {
            JsonLines.write(out, json -> KnobJson.write(json, report));
        } else if (outputs.isEmpty()) {
            out.print(KnobMarkdown.page(report, languages.getFirst(), _ -> ""));
            out.flush();
        }
    }

    private @Nullable Path picture(Findings findings, Language language, boolean hasSeveral) {
        if (svg == null || !hasSeveral) {
            return svg;
        }
        String name = String.valueOf(svg.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String model = findings.knobs().model().name().replace(':', '-');
        String ending = dot < 0 ? "" : name.substring(dot);
        return svg.resolveSibling(stem + "-" + model + "-" + language.tag() + ending);
    }

    /** From where the page lies to the picture; empty where there is none. */
    private static String link(Path page, @Nullable Path picture) {
        if (picture == null) {
            return "";
        }
        Path folder = page.toAbsolutePath().normalize().resolveSibling(".").normalize();
        return folder.relativize(picture.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
    }

    private static void write(Path file, String text) {
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
