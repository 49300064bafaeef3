package dev.snug.speech.plan;

import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.limit.Observation;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Prefer;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.network.Networks;
import dev.snug.speech.sound.SoundFormat;
import dev.snug.speech.text.Reference;
import dev.snug.speech.voice.SpeechModel;

import java.io.IOException;
import java.util.OptionalDouble;

/**
 * A text, cut and set up so that speaking it fits a memory limit.
 *
 * @param speech of the text, or of its first part
 * @param chunks of all of it
 * @param audioBytes of voice and longest chunk on the Java heap, and of what writes them
 */
public record PlannedSpeech(
        Speaker speaker,
        SpeechPlan speech,
        Chunks chunks,
        Plan<SpeechChoice> memory,
        long audioBytes) {
    /** Counts the chunks of a text of several parts. */
    @FunctionalInterface
    public interface Counting {
        /** The chunks of all parts, cut as {@code first} is, the plan of the first one. */
        Chunks of(Speaker speaker, SpeechPlan first);
    }

    /**
     * What the user fixed, and what they want to keep.
     *
     * @param chunkSeconds where the user said how many
     * @param isShown whether the plan is shown, so that all of it is weighed
     * @param format of the sound that is written
     */
    public record Wish(
            OptionalDouble chunkSeconds,
            EngineWish engine,
            MemoryLimit limit,
            Prefer prefer,
            boolean isShown,
            SoundFormat format) {
        /** With sound that is written as samples. */
        public Wish(
                OptionalDouble chunkSeconds,
                EngineWish engine,
                MemoryLimit limit,
                Prefer prefer,
                boolean isShown) {
            this(chunkSeconds, engine, limit, prefer, isShown, SoundFormat.WAV);
        }
    }

    /**
     * Plans {@code request}; runs no network.
     *
     * @throws dev.snug.runtime.job.DoesNotFitException when nothing fits the limit
     */
    public static PlannedSpeech of(
            SpeechModel model, SpeechRequest request, Wish wish, NetworksOpening opening)
            throws IOException {
        return of(model, request, wish, opening, (_, plan) -> Chunks.of(plan));
    }

    /**
     * Plans a text of several parts; runs no network.
     *
     * @param request of the first part
     * @param counting knows all of them
     * @throws dev.snug.runtime.job.DoesNotFitException when nothing fits the limit
     */
    public static PlannedSpeech of(
            SpeechModel model,
            SpeechRequest request,
            Wish wish,
            NetworksOpening opening,
            Counting counting)
            throws IOException {
        Speaker speaker =
                Speaker.open(model.bundle(), model.settings(), wish.engine().rest(), opening);
        SpeechPlan whole = speaker.plan(request);
        Chunks all = counting.of(speaker, whole);
        SpeechWorkload workload =
                SpeechWorkload.of(
                        model.bundle(),
                        model.settings(),
                        opening,
                        new SpeechWish(
                                seconds(request, wish),
                                request.sampling(),
                                request.rules().compat(),
                                wish.engine(),
                                whole.reference().samples(),
                                chunking(speaker, whole, all, counting),
                                wish.format().memoryBytes()),
                        CpuRate.GUESS);
        Plan<SpeechChoice> memory = memory(model.name(), workload, wish);
        SpeechChoice choice = memory.settings();
        SamplingWish sampling = workload.sampling(choice);
        boolean isAsItWas =
                choice.chunkSeconds() == request.pace().chunkSeconds()
                        && sampling.equals(request.sampling());
        SpeechPlan planned =
                isAsItWas ? whole : speaker.plan(request.with(choice.chunkSeconds(), sampling));
        Networks networks = opening.open(model.bundle(), model.settings(), choice.session());
        Networks staying = choice.isKept() ? networks.keeping() : networks;
        return new PlannedSpeech(
                speaker.with(_ -> staying),
                planned,
                isAsItWas ? all : counting.of(speaker, planned),
                memory,
                workload.audioBytes(choice));
    }

    private static Plan<SpeechChoice> memory(String model, SpeechWorkload workload, Wish wish) {
        Observation seen = Observation.ofThisMachine(0);
        return wish.isShown()
                ? MemoryBudget.weighed(model, workload, wish.prefer(), wish.limit(), seen)
                : MemoryBudget.plan(model, workload, wish.prefer(), wish.limit(), seen);
    }

    /** Noise that was brought is for the chunks as they are. */
    private static OptionalDouble seconds(SpeechRequest request, Wish wish) {
        return request.firstNoise() == null
                ? wish.chunkSeconds()
                : OptionalDouble.of(request.pace().chunkSeconds());
    }

    /** Cuts again only what would not go in one piece otherwise. */
    private static Chunking chunking(
            Speaker speaker, SpeechPlan whole, Chunks chunks, Counting counting) {
        double longest =
                chunks.framesMost() * (double) Reference.HOP_SAMPLES / Reference.SAMPLE_RATE;
        SpeechRequest request = whole.request();
        return new Chunking() {
            @Override
            public Chunks at(double seconds) {
                return seconds >= Math.min(longest, request.pace().chunkSeconds())
                        ? chunks
                        : counting.of(
                                speaker, speaker.plan(request.with(seconds, request.sampling())));
            }

            @Override
            public boolean maybeSeveral() {
                return chunks.count() > 1;
            }
        };
    }

    /**
     * Frames of chunks that may be spoken before the collector is called; 0 to call it after each.
     */
    public long framesBetweenCollections() {
        return memory.settings().isKept()
                ? (long) KeptStages.WAITING_CHUNKS * chunks.framesMost()
                : 0;
    }

    /** Room for what is heard and made; to be closed when it was spoken. */
    public Reservation audio(MemoryBudget budget) {
        return budget.accounts().of(StandardAccount.AUDIO).reserve("voice and chunk", audioBytes);
    }

    /** The speaker, whose networks reserve what was planned before they run; to be closed. */
    public Speaker reserving(MemoryBudget budget) {
        return speaker.with(
                networks ->
                        new ReservedNetworks(
                                networks,
                                memory.cost().demands(),
                                speech.reference().samples(),
                                chunks.framesMost(),
                                budget.gate(),
                                memory.settings().isKept()));
    }
}
