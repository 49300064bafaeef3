package dev.snug.cli;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Configuration;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Prefer;
import dev.snug.speech.Compat;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.plan.Chunking;
import dev.snug.speech.plan.Chunks;
import dev.snug.speech.plan.EngineWish;
import dev.snug.speech.plan.SpeechChoice;
import dev.snug.speech.plan.SpeechWish;
import dev.snug.speech.plan.SpeechWorkload;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.text.Reference;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.VoiceBook;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A speech that somebody may ask for: of any length, or of so many seconds. */
record SpeechJob(Bundle bundle, NetworksOpening opening, PlanOptions options) {
    /** Of a voice, where the model brings none: F5-TTS asks for less than 12 s. */
    private static final double REFERENCE_SECONDS = 4;

    PlanReport plan(Measured measured, JobPlans.Room room, Prefer prefer) throws IOException {
        SpeechSettings settings =
                SpeechSettings.parse(bundle.manifest().settings(), bundle.manifest().name());
        int reference = referenceSamples(settings);
        SpeechWish wish =
                new SpeechWish(
                        options.chunkSeconds == null
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(options.chunkSeconds),
                        options.sampling(),
                        Compat.NONE,
                        options.engine(room.cores()),
                        reference,
                        chunking(reference));
        CpuRate rate = rate(settings, measured, reference);
        SpeechWorkload workload = SpeechWorkload.of(bundle, settings, opening, wish, rate);
        Plan<SpeechChoice> plan = Planner.plan(workload, prefer, room.limit().bytes());
        return new PlanReport(
                bundle.manifest().name(),
                words(reference),
                room.limit(),
                plan,
                rate.isMeasured(),
                command(plan));
    }

    private String words(int reference) {
        String spoken =
                options.speechSeconds == null
                        ? "a text of any length"
                        : String.format(Locale.ROOT, "%.1f s of speech", options.speechSeconds);
        return String.format(
                Locale.ROOT,
                "%s after a recording of %.1f s",
                spoken,
                reference / (double) Reference.SAMPLE_RATE);
    }

    private String command(Plan<SpeechChoice> plan) {
        long bytes = Math.max(plan.limitBytes(), plan.smallestBudgetBytes());
        return "snug speak \"Xin chào.\" -m %s --memory %dMiB%s"
                .formatted(bundle.manifest().name(), bytes >> 20, options.asSpeechOptions());
    }

    /** Of the voice that would be taken where nobody names one. */
    private int referenceSamples(SpeechSettings settings) throws IOException {
        VoiceBook voices = new VoiceBook(List.of(), VoiceBook.ofModel(bundle, settings));
        if (voices.all().isEmpty()) {
            return (int) (REFERENCE_SECONDS * Reference.SAMPLE_RATE);
        }
        Recording recording = ReferenceAudio.of(voices.chosen(Traits.NONE, SamplingOptions.SEED));
        return (int)
                Math.ceil(
                        recording.samples().length
                                * (double) Reference.SAMPLE_RATE
                                / recording.rate());
    }

    private Chunking chunking(int reference) {
        Chunking any = Chunking.ofUnknownText(reference);
        Double spoken = options.speechSeconds;
        return spoken == null ? any : seconds -> Chunks.of(any.at(seconds), reference, spoken);
    }

    /** The rate of this machine, where the model was measured on it. */
    private CpuRate rate(SpeechSettings settings, Measured measured, int reference) {
        Optional<Configuration> known =
                measured.configurations().stream()
                        .filter(each -> each.job().equals("speak") && each.whole("frames", 0) > 0)
                        .reduce((_, last) -> last);
        if (known.isEmpty()) {
            return CpuRate.GUESS;
        }
        Configuration ran = known.get();
        int frames = (int) ran.whole("frames", 0);
        int threads = (int) ran.whole("threads", 1);
        int steps = (int) ran.whole("steps", 0);
        SpeechWish wish =
                new SpeechWish(
                        OptionalDouble.empty(),
                        steps == 0 ? SamplingWish.DEFAULT : SamplingWish.DEFAULT.withSteps(steps),
                        Compat.NONE,
                        EngineWish.open(threads),
                        reference,
                        _ -> new Chunks(frames, frames - 1, 1, frames));
        return CpuRate.calibrated(
                guess -> {
                    SpeechWorkload workload =
                            SpeechWorkload.of(bundle, settings, opening, wish, guess);
                    return workload.cost(workload.start()).seconds();
                },
                measured.figures(ran).orElseThrow().cpuMicros());
    }
}
