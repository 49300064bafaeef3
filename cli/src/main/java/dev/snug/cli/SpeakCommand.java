package dev.snug.cli;

import dev.snug.runtime.bundle.AnsweringModel;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.speech.Compat;
import dev.snug.speech.GivenNoise;
import dev.snug.speech.Rules;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.book.BookFiles;
import dev.snug.speech.book.BookParts;
import dev.snug.speech.book.BookWork;
import dev.snug.speech.book.Fingerprint;
import dev.snug.speech.book.PlannedBook;
import dev.snug.speech.plan.EngineWish;
import dev.snug.speech.plan.PlannedSpeech;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.text.book.Book;
import dev.snug.speech.text.book.BookFile;
import dev.snug.speech.voice.SpeechModel;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;

/** Speaks a text. */
@Command(
        name = "speak",
        description = {
            "Speak a text with an F5-TTS or VietVoice-TTS model, in the voice of a short"
                    + " recording.",
            "Every option is obeyed or refused, never silently changed."
        },
        footer = {
            "",
            "Examples:",
            "  snug speak \"Xin chào, hôm nay trời đẹp.\" -o hello.wav",
            "  snug speak -f story.txt --gender female --area northern -o story.wav",
            "  snug speak \"Hello.\" --reference-audio me.wav --reference-text \"What I said.\"",
            "  snug speak \"Nhanh hơn.\" --steps 7 --speed 1.2        7 pruned steps",
            "  snug speak \"Ngày 2/9 [pause 500ms] giá 50.000đ/kg.\"   read as words, with a pause",
            "  snug speak -f book.epub -o book.wav --chapters files --subtitles srt",
            "                                                     again after Ctrl-C: it goes on",
            "  snug speak -f story.txt --dry-run                  chunks, frames, steps; no sound",
            "  snug speak -f story.md --play --first-chunk 2      hear it at once",
            "  echo \"Một hai ba.\" | snug speak - -o - | aplay     as it comes",
            "  snug speak -f story.txt -o story.mp3 --album Stories   or .flac, .opus",
            "  snug speak \"Một.\" --json | jq .rtf                 figures for programs",
            "",
            "The same text, voice, seed and options give the same sound on as many threads."
        })
final class SpeakCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Parameters(
            paramLabel = "TEXT",
            arity = "0..1",
            description = "What to say, at most 1 MiB; - for standard input.")
    private @Nullable String text;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = {
                "Say what this file holds: UTF-8 text, Markdown (.md) or EPUB, chapter by"
                        + " chapter, at most 64 MiB of text. A run that was ended goes on where it"
                        + " was."
            })
    private @Nullable Path file;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = {
                "The model. Default: that of `snug models use`, else the only one that you"
                        + " installed, else the small one that ships with Snug."
            })
    private @Nullable String model;

    @ArgGroup(validate = false, heading = "%nOutput:%n")
    private OutputOptions output = new OutputOptions();

    @ArgGroup(validate = false, heading = "%nLong texts:%n")
    private BookOptions books = new BookOptions();

    @ArgGroup(validate = false, heading = "%nVoice:%n")
    private VoiceOptions voice = new VoiceOptions();

    @ArgGroup(validate = false, heading = "%nReading:%n")
    private ReadingOptions reading = new ReadingOptions();

    @ArgGroup(validate = false, heading = "%nPace and rules:%n")
    private PaceOptions pace = new PaceOptions();

    @ArgGroup(validate = false, heading = "%nFrom noise to speech:%n")
    private SamplingOptions sampling = new SamplingOptions();

    @ArgGroup(validate = false, heading = "%nEngine:%n")
    private EngineOptions engine = new EngineOptions();

    @ArgGroup(validate = false, heading = "%nMemory:%n")
    private MemoryOptions memory = new MemoryOptions();

    @Mixin private MemoryLogOptions memoryLog = new MemoryLogOptions();

    @Override
    public Integer call() throws IOException {
        // Whatever can be refused without a model is, before one is looked for.
        output.check();
        EngineWish engineWish = engine.wish(main.surroundings());
        SamplingWish wish = sampling.wish();
        pace.check();
        Book book = TextSource.read(text, file, main.surroundings().in());
        Optional<BookFiles> files =
                books.files(output, file != null, sampling.hasNoise() || output.isDumping());
        requireOnePart(book);
        Optional<VoiceSample> brought = voice.brought();
        GivenNoise noise = sampling.noise();

        BundleStore store = main.surroundings().store();
        AnsweringModel answering = new ModelChoice(main.surroundings(), store, false).speech(model);
        SpeakNotes notes = new SpeakNotes(main.surroundings().err(), output.isJson());
        notes.fallback(answering);
        MemoryLimit limit = memory.limit(main.surroundings());
        PlannedSpeech.Wish fixed =
                new PlannedSpeech.Wish(
                        chunkSeconds(files),
                        engineWish,
                        limit,
                        memory.prefer(),
                        output.isDryRun(),
                        output.format());
        BookParts parts = new BookParts(book);
        Prepared prepared =
                memory.precisions(store, answering.name())
                        .first(
                                name ->
                                        prepared(
                                                SpeechModel.open(
                                                        store,
                                                        name,
                                                        main.surroundings().snugHome()),
                                                parts,
                                                brought,
                                                wish,
                                                noise,
                                                fixed));
        PlannedSpeech planned = prepared.book().planned();
        String chosen = prepared.model();
        if (!output.isJson()) {
            memory.tellVariant(main.surroundings().err(), answering.name(), chosen);
        }
        SpeakReport report =
                new SpeakReport(
                        chosen,
                        prepared.voice(),
                        sampling.seed(),
                        new PlanReport(chosen, "this text", limit, planned.memory(), false, null),
                        new ProviderReport(engineWish.rest().placement()));
        notes.givenUp(report.memory());
        notes.times(planned.speech());
        if (output.isDryRun()) {
            show(prepared.book(), report, notes);
        } else {
            speak(prepared, files, limit, report);
        }
        return ExitCode.OK;
    }

    /** A text as one model will speak it. */
    private record Prepared(String model, String manifestSha256, String voice, PlannedBook book) {}

    /** Of an interrupted run, where nobody says: how memory was then is no reason to begin anew. */
    private OptionalDouble chunkSeconds(Optional<BookFiles> files) throws IOException {
        if (pace.chunkSeconds().isPresent() || files.isEmpty() || books.isRestarted()) {
            return pace.chunkSeconds();
        }
        return BookWork.chunkSeconds(files.get().target())
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private void requireOnePart(Book book) {
        if (output.isDumping() && !book.isSinglePart()) {
            throw new UsageException(
                    "--dump takes one text at a time; give it a chapter without headings");
        }
    }

    private Prepared prepared(
            SpeechModel opened,
            BookParts parts,
            Optional<VoiceSample> brought,
            SamplingWish wish,
            @Nullable GivenNoise noise,
            PlannedSpeech.Wish fixed)
            throws IOException {
        SamplingWish settings = sampling.isChosen() ? chosen(opened) : wish;
        Rules rules = Rules.of(pace.compat(), opened.settings().family());
        VoiceSample spokenIn =
                brought.isPresent()
                        ? brought.get()
                        : voice.chosen(opened.voices(), sampling.seed());
        SpeechRequest request =
                new SpeechRequest(
                        parts.passage(0),
                        spokenIn,
                        rules,
                        pace.over(rules.pace()),
                        settings,
                        reading.reader(
                                pace.compat(),
                                opened.settings().family(),
                                spokenIn.text(),
                                file == null || BookFile.of(file) != BookFile.EPUB),
                        new Noise(sampling.seed())::values,
                        noise,
                        pace.crossFadeSamples(rules),
                        pace.firstSeconds());
        return new Prepared(
                opened.name(),
                opened.bundle().manifestSha256(),
                spokenIn.name(),
                PlannedBook.of(opened, request, fixed, main.networks(), parts));
    }

    private void show(PlannedBook book, SpeakReport report, SpeakNotes notes) {
        PrintStream out = main.surroundings().out();
        if (!book.parts().book().isSinglePart()) {
            new BookReport(book, report).planned(main.surroundings(), output.isJson());
            return;
        }
        SpeechPlan plan = book.planned().speech();
        if (output.isJson()) {
            report.plannedJson(out, plan);
        } else {
            report.planned(main.surroundings(), plan);
        }
        notes.unread(plan.script().unread());
    }

    private void speak(
            Prepared prepared, Optional<BookFiles> files, MemoryLimit limit, SpeakReport report)
            throws IOException {
        SpeakRun run =
                new SpeakRun(
                        main.surroundings(),
                        prepared.book(),
                        limit,
                        report,
                        memoryLog,
                        output.stages(),
                        output.isJson());
        if (files.isPresent()) {
            Fingerprint wanted =
                    Fingerprint.of(
                            prepared.book(),
                            prepared.manifestSha256(),
                            sampling.seed(),
                            Version.PROGRAM);
            run.kept(files.get(), wanted, books.isRestarted());
        } else {
            run.once(
                    output.sound(
                            main.surroundings().out(),
                            main.surroundings().variable("PATH"),
                            prepared.book().planned().speech().request().passage().text(),
                            prepared.voice()));
        }
    }

    private SamplingWish chosen(SpeechModel model) {
        if (pace.compat() != Compat.NONE) {
            throw new UsageException(
                    "--quality does not go with --compat, which has steps of its own");
        }
        return sampling.chosen(model, output.isJson() ? null : main.surroundings().err());
    }
}
