package dev.snug.cli;

import dev.snug.speech.text.normalize.Normalized;
import dev.snug.speech.text.normalize.Normalizer;
import dev.snug.speech.text.normalize.Reading;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

/** Writes Vietnamese text as it is said: numbers, dates, units and abbreviations in words. */
@Command(
        name = "normalize",
        description = {
            "Write Vietnamese text as it is said: numbers, dates, units, abbreviations in words.",
            "Without TEXT every line of standard input becomes one line of standard output."
        },
        footer = {
            "",
            "Profiles:",
            "  default  north: linh, nghìn, hai mươi tư, hai nghìn không trăm hai mươi tư",
            "  south    lẻ, ngàn, hai mươi bốn, xẹt for the stroke of house numbers",
            "  central  linh, ngàn, hai mươi bốn",
            "  nemo     as the test cases of NeMo: hai nghìn hai mươi tư, single letters kept",
            "",
            "Examples:",
            "  snug normalize 'Giá 50.000đ/kg từ 15/8'",
            "  snug normalize --explain 'QL1A dài 2.301 km'   what read what, a reading a line",
            "  snug normalize --profile south < news.txt > news.spoken.txt",
            "  snug normalize --json < news.txt | jq .spoken  one object a line",
            "",
            "A character that is not said, such as an unknown sign, is told on standard error."
        })
final class NormalizeCommand implements Callable<Integer> {
    /** Characters of a line of input; the rest of a longer one is a line of its own. */
    static final int LINE_CHARS = 1 << 20;

    @ParentCommand private Main main;

    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "The text, instead of lines.")
    private @Nullable List<String> texts;

    @Option(
            names = {"-e", "--explain"},
            description = "Show each reading: what was written, its class, what is said.")
    private boolean explain;

    @Mixin private WordOptions words;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Normalizer normalizer = Normalizer.of(words.profile(), words.foreignWords()::spoken);
        if (texts != null) {
            answer(normalizer.normalize(String.join(" ", texts)));
            return ExitCode.OK;
        }
        Reader in = new InputStreamReader(main.surroundings().in(), StandardCharsets.UTF_8);
        InputLines lines = new InputLines(in, LINE_CHARS);
        for (String line = lines.next(); line != null; line = lines.next()) {
            answer(normalizer.normalize(line));
            if (main.surroundings().out().checkError()) {
                return ExitCode.FAILED;
            }
        }
        return ExitCode.OK;
    }

    private void answer(Normalized normalized) {
        PrintStream out = main.surroundings().out();
        if (json) {
            JsonLines.write(out, generator -> write(generator, normalized));
            return;
        }
        if (explain) {
            for (Reading reading : normalized.readings()) {
                out.printf(
                        "%s\t%s\t%s%n", reading.written(), reading.kind().key(), reading.spoken());
            }
        }
        out.println(normalized.spoken());
        if (!normalized.dropped().isEmpty()) {
            main.surroundings()
                    .err()
                    .println("snug: not said: " + String.join(" ", normalized.dropped()));
        }
    }

    private void write(JsonGenerator generator, Normalized normalized) {
        generator.writeStringProperty("spoken", normalized.spoken());
        generator.writeName("dropped");
        generator.writeStartArray();
        normalized.dropped().forEach(generator::writeString);
        generator.writeEndArray();
        if (explain) {
            generator.writeName("readings");
            generator.writeStartArray();
            for (Reading reading : normalized.readings()) {
                generator.writeStartObject();
                generator.writeStringProperty("written", reading.written());
                generator.writeStringProperty("class", reading.kind().key());
                generator.writeStringProperty("spoken", reading.spoken());
                generator.writeEndObject();
            }
            generator.writeEndArray();
        }
    }
}
