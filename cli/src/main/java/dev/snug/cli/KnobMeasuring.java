package dev.snug.cli;

import dev.snug.cli.knobs.Findings;
import dev.snug.cli.knobs.Job;
import dev.snug.cli.knobs.JobFigures;
import dev.snug.cli.knobs.Knobs;
import dev.snug.cli.knobs.PictureKnobs;
import dev.snug.cli.knobs.SpeechKnobs;
import dev.snug.cli.knobs.Variants;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.SpeechModel;
import dev.snug.vision.ClassifierGraphs;
import dev.snug.vision.ClassifierImport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Turns the knobs of models, one process after the other. */
final class KnobMeasuring {
    /** Steps that speech is sampled with, and as many where one is soon over. */
    static final int STEPS = 2;

    static final int SHORT_STEPS = 8;

    /** Processor seconds of a step below which ten milliseconds, as the kernel tells them, show. */
    private static final double SHORT_STEP_SECONDS = 0.25;

    /** Most steps that the guides name: the long run takes them. */
    private static final int MOST_STEPS = SpeechKnobs.STEPS.getFirst();

    /** A job that takes longer runs once where nobody says how often. */
    private static final double LONG_SECONDS = 5;

    private final Surroundings surroundings;
    private final MeasureOptions options;
    private final @Nullable Integer runs;
    private final Path folder;
    private final @Nullable Path sharedMemory;
    private final ProgressLine line;

    KnobMeasuring(
            Surroundings surroundings,
            MeasureOptions options,
            @Nullable Integer runs,
            Path folder,
            @Nullable Path sharedMemory,
            ProgressLine line) {
        this.surroundings = surroundings;
        this.options = options;
        this.runs = runs;
        this.folder = folder;
        this.sharedMemory = sharedMemory;
        this.line = line;
    }

    /**
     * Measures one model.
     *
     * @throws MeasureFailedException when its default run fails
     */
    Findings measure(Manifest model) throws IOException {
        line.step(model.name() + ": the default");
        FreshProcess process = FreshProcess.like(surroundings, folder);
        return switch (model.kind()) {
            case SpeechSettings.KIND -> speech(model, process);
            case ClassifierImport.KIND -> pictures(model, process);
            default ->
                    throw new UsageException(
                            "%s is of kind %s, which has no knobs of the guides"
                                    .formatted(model.name(), model.kind()));
        };
    }

    private Findings speech(Manifest model, FreshProcess process) throws IOException {
        SpeechModel opened =
                SpeechModel.open(surroundings.store(), model.name(), surroundings.snugHome());
        ListedVoice voice = opened.voices().chosen(Traits.NONE, 1);
        KnobProcesses processes =
                new KnobProcesses(process, folder, sharedMemory, null, voice.name());
        Job job = Job.speaking(model.name(), options.knobSeconds());
        JobFigures warm = processes.run(job, OptionalInt.of(STEPS));
        JobFigures own = processes.run(job, options.steps());
        JobFigures full =
                own.units() >= MOST_STEPS || options.steps().isPresent()
                        ? own
                        : processes.run(job, OptionalInt.of(MOST_STEPS));
        Knobs knobs =
                new SpeechKnobs(
                        variants(model),
                        options.knobSeconds(),
                        ReferenceAudio.of(voice).seconds(),
                        own.units(),
                        sharedMemory != null);
        return turned(knobs, processes, sampled(warm), runs(warm), full);
    }

    private Findings pictures(Manifest model, FreshProcess process) throws IOException {
        ClassifierGraphs graphs = new ClassifierGraphs(model);
        KnobProcesses processes =
                new KnobProcesses(process, folder, sharedMemory, options.picture(folder), "");
        Knobs knobs =
                new PictureKnobs(
                        variants(model), graphs.sides(), graphs.explains(), sharedMemory != null);
        JobFigures warm = processes.run(knobs.job(), OptionalInt.empty());
        Job many = Job.answering(model.name(), PictureKnobs.MANY);
        JobFigures full = processes.run(many, OptionalInt.empty());
        return turned(knobs, processes, OptionalInt.empty(), runs(warm), full);
    }

    /** The clock of the kernel's processor time ticks every 10 ms. */
    static OptionalInt sampled(JobFigures warm) {
        boolean isShort = warm.unit().cpuSeconds() < SHORT_STEP_SECONDS;
        return OptionalInt.of(isShort ? SHORT_STEPS : STEPS);
    }

    private int runs(JobFigures warm) {
        if (runs != null) {
            return runs;
        }
        return warm.whole().seconds() > LONG_SECONDS ? 1 : MeasureCommand.RUNS;
    }

    private Variants variants(Manifest model) {
        ModelName name = ModelName.of(model.name());
        Map<String, String> others = new LinkedHashMap<>();
        for (String variant : surroundings.store().variants(name.base())) {
            if (!variant.equals(model.name())) {
                ModelName.of(variant)
                        .precision()
                        .ifPresent(precision -> others.put(precision, variant));
            }
        }
        return new Variants(model.name(), name.base(), others);
    }

    /** All jobs in turn, round after round, so that a slow minute falls on all of them. */
    private Findings turned(
            Knobs knobs, KnobProcesses processes, OptionalInt steps, int rounds, JobFigures full)
            throws IOException {
        Set<Job> jobs = knobs.jobs();
        KnobProgress progress = new KnobProgress(line, knobs, rounds);
        Map<Job, List<JobFigures>> measured = new LinkedHashMap<>();
        Map<Job, String> refusals = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Job job : jobs) {
                progress.begin(round, job);
                if (refusals.containsKey(job)) {
                    continue;
                }
                try {
                    measured.computeIfAbsent(job, _ -> new ArrayList<>())
                            .add(processes.run(job, steps));
                } catch (MeasureFailedException e) {
                    if (job.equals(knobs.job()) || Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    refusals.put(job, e.said());
                    measured.remove(job);
                }
            }
        }
        return new Findings(knobs, measured, refusals, full);
    }
}
