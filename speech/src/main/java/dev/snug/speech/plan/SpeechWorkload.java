package dev.snug.speech.plan;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.job.Precisions;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Knob;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.plan.Workload;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.Rules;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.ChunkLoad;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.NetworkRuns;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.SpeechStage;
import dev.snug.speech.text.TextException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Speaking with one model, as the planner sees it. Not for several threads at once. */
public final class SpeechWorkload implements Workload<SpeechChoice> {
    /**
     * The program's own objects on the heap, and garbage between two collections: with 12 MiB the
     * shipped voice was never above what is predicted, and once, at 30 s, at it to 0.1 MiB.
     */
    static final long PROGRAM_BYTES = 14L << 20;

    /** Java arrays of the voice: a recording of 48 kHz, resampled, and at the rules' level. */
    private static final int VOICE_ARRAYS = 4;

    /** CPU seconds of Java and of reading the text. */
    private static final double START_SECONDS = 0.4;

    /**
     * CPU seconds of opening a session and letting go of it: 0.003 to 0.025 for each of the four
     * graphs of the shipped voice (docs/VOICE.md).
     */
    private static final double SESSION_SECONDS = 0.01;

    /**
     * A model of fewer bytes keeps its networks where there is room: opening takes the same time
     * for each, a quarter of what the shipped voice takes for a sentence, and nothing that counts
     * beside the minutes of a large one, whose weights are worth more as free memory.
     */
    private static final long KEPT_BYTES_MOST = 64L << 20;

    /** 16 s, the recording included: what models of this kind were trained with is no longer. */
    private static final int COMMON_FRAMES = 1500;

    private static final int COMMON_THREADS = 32;

    private final PlannedGraphs graphs;

    /** Of the model; nearly all are weights. */
    private final long fileBytes;

    private final NetworkRuns runs;
    private final Networks networks;
    private final SpeechWish wish;
    private final CpuRate rate;
    private final SpeechKnobs knobs;
    private final Sampling own;
    private final Map<Double, Chunks> cut = new HashMap<>();

    private SpeechWorkload(
            Bundle bundle,
            SpeechSettings settings,
            NetworksOpening opening,
            SpeechWish wish,
            CpuRate rate) {
        this.graphs = new PlannedGraphs(bundle);
        this.fileBytes =
                bundle.manifest().files().values().stream()
                        .mapToLong(Manifest.FileEntry::bytes)
                        .sum();
        this.runs = opening.runs(bundle, settings);
        this.networks = opening.open(bundle, settings, SessionSettings.MAPPED);
        this.wish = wish;
        this.rate = rate;
        this.own = wish.sampling().under(wish.compat(), networks);
        double seconds = Rules.of(wish.compat(), settings.family()).pace().chunkSeconds();
        this.knobs = new SpeechKnobs(wish, Precisions.precision(bundle.manifest()), seconds);
    }

    /**
     * Speaking with the model of {@code bundle}.
     *
     * @param settings of its manifest
     * @param opening makes its networks
     * @throws IllegalArgumentException when the rules or the model do not have what is wished
     * @throws dev.snug.runtime.json.JsonException when the settings are not those of the family
     */
    public static SpeechWorkload of(
            Bundle bundle,
            SpeechSettings settings,
            NetworksOpening opening,
            SpeechWish wish,
            CpuRate rate) {
        return new SpeechWorkload(bundle, settings, opening, wish, rate);
    }

    @Override
    public SpeechChoice start() {
        return new SpeechChoice(
                knobs.ownSeconds(), ownSteps(), knobs.session(), knobs.isKeptOrElse(false));
    }

    private int ownSteps() {
        return own.schedule().steps();
    }

    @Override
    public List<Knob<SpeechChoice>> knobs(Prefer prefer) {
        return knobs.all(prefer, ownSteps(), this::canSample, this::hasRoom, keeping(prefer));
    }

    /** Chunks shorter than the first choice are not looked at: the text would be cut for each. */
    @Override
    public SpeechChoice wished(Prefer prefer) {
        return Knob.first(
                start(),
                knobs.all(prefer, ownSteps(), this::canSample, _ -> false, keeping(prefer)));
    }

    private SpeechKnobs.Keeping keeping(Prefer prefer) {
        if (!runs.canKeep()) {
            return SpeechKnobs.Keeping.CANNOT;
        }
        // Of one chunk no network runs twice, and kept they would only be there together.
        boolean isSmall = fileBytes < KEPT_BYTES_MOST || prefer == Prefer.SPEED;
        return isSmall && wish.chunking().maybeSeveral()
                ? SpeechKnobs.Keeping.PAYS
                : SpeechKnobs.Keeping.COSTS;
    }

    /** The steps, schedule and guidance to ask for with {@code choice}. */
    public SamplingWish sampling(SpeechChoice choice) {
        SamplingWish asked = wish.sampling();
        return choice.steps() == ownSteps() ? asked : asked.withSteps(choice.steps());
    }

    /** Whether the model has so many steps of the pruned kind. */
    private boolean canSample(int steps) {
        try {
            return wish.sampling()
                            .withSteps(steps)
                            .under(wish.compat(), networks)
                            .schedule()
                            .steps()
                    == steps;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean hasRoom(double chunkSeconds) {
        try {
            return chunks(chunkSeconds).count() > 0;
        } catch (TextException e) {
            return false;
        }
    }

    /**
     * What the text is cut into at {@code choice}'s length.
     *
     * @throws TextException when the reference leaves no room in it
     */
    public Chunks chunks(SpeechChoice choice) {
        return chunks(choice.chunkSeconds());
    }

    private Chunks chunks(double chunkSeconds) {
        return cut.computeIfAbsent(chunkSeconds, wish.chunking()::at);
    }

    /** The most that voice, chunk and their encoder hold with {@code choice}. */
    public long audioBytes(SpeechChoice choice) {
        return audioBytes(load(choice, chunks(choice)));
    }

    @Override
    public Cost cost(SpeechChoice choice) {
        Chunks chunks = chunks(choice);
        ChunkLoad load = load(choice, chunks);
        SessionSettings once =
                choice.session().once().withArena(choice.isKept() && choice.session().arena());
        List<GraphRun> all = runs.of(load);
        Demand velocity =
                all.stream()
                        .filter(run -> run.stage() == SpeechStage.VELOCITY)
                        .map(run -> graphs.demand(run, choice.session()))
                        .findFirst()
                        .orElseThrow();
        List<Demand> demands = new ArrayList<>();
        double seconds = START_SECONDS;
        for (GraphRun run : all) {
            boolean isSampled = run.stage() == SpeechStage.VELOCITY;
            SessionSettings session = isSampled ? choice.session() : once;
            Demand demand = isSampled ? velocity : graphs.demand(run, session);
            demands.add(run.isBesideVelocity() ? demand.beside(velocity) : demand);
            int openings = choice.isKept() || run.stage() == SpeechStage.MEL ? 1 : chunks.count();
            double each = rate.seconds(graphs.multiplyAdds(run, session));
            seconds +=
                    openings * SESSION_SECONDS
                            + (run.stage() == SpeechStage.MEL
                                    ? each
                                    : each * times(chunks) * (isSampled ? slower(session) : 1));
        }
        return new Cost(
                choice.isKept() ? KeptStages.of(demands, choice.session(), all) : demands,
                heapBytes(choice, load),
                seconds);
    }

    @Override
    public Optional<Cost> bound(SpeechChoice choice) {
        Chunks chunks = chunks(choice);
        if (chunks.framesMost() > COMMON_FRAMES || choice.session().threads() > COMMON_THREADS) {
            return Optional.empty();
        }
        boolean isMapped =
                choice.session().weightsMapped()
                        && choice.session().optimization() == Optimization.NONE;
        List<Demand> demands = new ArrayList<>();
        for (SpeechStage stage : SpeechStage.values()) {
            demands.add(Demand.ample(stage.word(), fileBytes, isMapped));
        }
        return Optional.of(new Cost(demands, heapBytes(choice, load(choice, chunks)), 0));
    }

    private ChunkLoad load(SpeechChoice choice, Chunks chunks) {
        Sampling sampling =
                choice.steps() == ownSteps()
                        ? own
                        : wish.sampling().withSteps(choice.steps()).under(wish.compat(), networks);
        return new ChunkLoad(
                wish.referenceSamples(), chunks.tokensMost(), chunks.framesMost(), sampling);
    }

    /** How many of the longest chunk take as long as all. */
    private static double times(Chunks chunks) {
        return (double) chunks.framesTotal() / chunks.framesMost();
    }

    /**
     * How much longer than with an arena and mapped weights a step takes: 3.9 s without an arena
     * instead of 2.9, and prepacked 3.0 and 2.5, at F5 base on AVX-512 (docs/PERFORMANCE.md).
     */
    private static double slower(SessionSettings session) {
        double seconds =
                session.weightsMapped() ? session.arena() ? 2.9 : 3.9 : session.arena() ? 2.5 : 3.0;
        return seconds / 2.9;
    }

    private long heapBytes(SpeechChoice choice, ChunkLoad load) {
        long waiting = choice.isKept() ? (KeptStages.WAITING_CHUNKS - 1) * runs.heapBytes(load) : 0;
        return PROGRAM_BYTES + audioBytes(load) + waiting;
    }

    private long audioBytes(ChunkLoad load) {
        long voice =
                VOICE_ARRAYS * ChunkLoad.floats(load.referenceSamples(), 1)
                        + ChunkLoad.floats(load.referenceFrames(), Networks.BANDS);
        return voice + runs.heapBytes(load) + wish.soundBytes();
    }
}
