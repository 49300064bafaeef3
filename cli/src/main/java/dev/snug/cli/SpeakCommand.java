package dev.snug.cli;

import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.bundle.AnsweringModel;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.speech.Compat;
import dev.snug.speech.GivenNoise;
import dev.snug.speech.Rules;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.Spoken;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.plan.EngineWish;
import dev.snug.speech.plan.PlannedSpeech;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.text.Passage;
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
import java.util.List;
import java.util.Optional;
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
            "  snug speak -f story.txt --dry-run                  chunks, frames, steps; no sound",
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
            description = "Say what this UTF-8 file holds.")
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
        EngineWish engineWish = engine.wish();
        SamplingWish wish = sampling.wish();
        pace.check();
        Passage passage = TextSource.read(text, file, main.surroundings().in());
        Optional<VoiceSample> brought = voice.brought();
        GivenNoise noise = sampling.noise();

        BundleStore store = main.surroundings().store();
        AnsweringModel answering = new ModelChoice(main.surroundings(), store, false).speech(model);
        tellFallback(answering);
        MemoryLimit limit = memory.limit(main.surroundings());
        PlannedSpeech.Wish fixed =
                new PlannedSpeech.Wish(
                        pace.chunkSeconds(),
                        engineWish,
                        limit,
                        memory.prefer(),
                        output.isDryRun(),
                        output.format());
        Prepared prepared =
                memory.precisions(store, answering.name())
                        .first(
                                name ->
                                        prepared(
                                                SpeechModel.open(
                                                        store,
                                                        name,
                                                        main.surroundings().snugHome()),
                                                passage,
                                                brought,
                                                wish,
                                                noise,
                                                fixed));
        PlannedSpeech planned = prepared.planned();
        String chosen = prepared.model();
        if (!output.isJson()) {
            memory.tellVariant(main.surroundings().err(), answering.name(), chosen);
        }
        SpeakReport report =
                new SpeakReport(
                        chosen,
                        prepared.voice(),
                        sampling.seed(),
                        new PlanReport(chosen, "this text", limit, planned.memory(), false, null));
        tellGivenUp(report.memory());
        tellTimes(planned.speech());
        if (output.isDryRun()) {
            show(planned.speech(), report);
        } else {
            speak(planned, limit, report);
        }
        return ExitCode.OK;
    }

    /** A text as one model will speak it. */
    private record Prepared(String model, String voice, PlannedSpeech planned) {}

    private Prepared prepared(
            SpeechModel opened,
            Passage passage,
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
                        passage,
                        spokenIn,
                        rules,
                        pace.over(rules.pace()),
                        settings,
                        reading.reader(pace.compat(), opened.settings().family(), spokenIn.text()),
                        new Noise(sampling.seed())::values,
                        noise,
                        pace.crossFadeSamples(rules));
        return new Prepared(
                opened.name(),
                spokenIn.name(),
                PlannedSpeech.of(opened, request, fixed, main.networks()));
    }

    private void show(SpeechPlan plan, SpeakReport report) {
        PrintStream out = main.surroundings().out();
        if (output.isJson()) {
            report.plannedJson(out, plan);
        } else {
            report.planned(out, plan);
        }
        tellUnread(plan.script().unread());
    }

    private void speak(PlannedSpeech planned, MemoryLimit limit, SpeakReport report)
            throws IOException {
        PrintStream out = main.surroundings().out();
        String text = planned.speech().request().passage().text();
        SoundOutput sound = output.sound(out, text, report.voice());
        Spoken spoken;
        try (ProgressLine line = new ProgressLine(main.surroundings());
                Running running = begin(report.model(), limit, line);
                MemoryBudget budget = MemoryBudget.open(limit);
                Reservation _ = planned.audio(budget)) {
            WatchedSpeech watched =
                    new WatchedSpeech(
                            running,
                            new SpeakProgress(line, planned.framesBetweenCollections()),
                            output.stages());
            try (Speaker speaker = planned.reserving(budget)) {
                spoken =
                        sound.write(
                                sink -> speaker.speak(planned.speech(), sink, watched, watched));
            }
        }
        tellUnread(spoken.unread());
        if (output.isJson()) {
            report.spokenJson(out, sound.path(), spoken);
        } else {
            // Beside sound on standard output a line of text would be heard.
            PrintStream talk = sound.path() == null ? main.surroundings().err() : out;
            report.spoken(talk, sound.path(), spoken);
        }
    }

    private Running begin(String name, MemoryLimit limit, ProgressLine line) {
        return memoryLog.begin(
                main.surroundings(), "speak", name, limit.bytes(), output.isJson() ? null : line);
    }

    /** What a small limit costs is said before it is heard. */
    private void tellGivenUp(PlanReport memory) {
        if (!memory.plan().giveUp().isEmpty() && !output.isJson()) {
            main.surroundings().err().println("snug: " + memory.line());
        }
    }

    private SamplingWish chosen(SpeechModel model) {
        if (pace.compat() != Compat.NONE) {
            throw new UsageException(
                    "--quality does not go with --compat, which has steps of its own");
        }
        return sampling.chosen(model, output.isJson() ? null : main.surroundings().err());
    }

    /** Nobody is to take the small voice for all that Snug can do. */
    private void tellFallback(AnsweringModel answering) {
        if (answering.isFallback() && !output.isJson()) {
            main.surroundings()
                    .err()
                    .println(
                            "snug: "
                                    + answering.name()
                                    + " is a small synthetic voice, trained on espeak-ng speech"
                                    + " (robotic). For a natural one: snug import model-bin.pt"
                                    + " (VietVoice), or: snug import F5TTS_v1_Base --vocos"
                                    + " vocos-mel-24khz (F5)");
        }
    }

    /** Steps that begin elsewhere than asked are not taken silently. */
    private void tellTimes(SpeechPlan plan) {
        Schedule schedule = plan.sampling().schedule();
        if (plan.request().rules().compat() == Compat.NONE
                && !plan.request().sampling().isMetBy(schedule)) {
            main.surroundings()
                    .err()
                    .printf(
                            "snug: the times of this model are fixed: its %d steps begin at those"
                                    + " next to the ones asked for (--dry-run shows them)%n",
                            schedule.steps());
        }
    }

    private void tellUnread(List<String> unread) {
        if (!unread.isEmpty()) {
            main.surroundings()
                    .err()
                    .println("snug: the model does not read " + String.join(" ", unread));
        }
    }
}
