package dev.snug.speech.plan;

import dev.snug.runtime.plan.Knob;
import dev.snug.runtime.plan.Knob.Option;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;
import dev.snug.speech.Compat;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;

/** What can be chosen of speaking, by the names of the command's options. */
final class SpeechKnobs {
    /** Seconds, reference included; below the model's own. */
    private static final List<Double> SHORTER_SECONDS =
            List.of(15.0, 12.0, 10.0, 8.0, 6.0, 5.0, 4.0, 3.0);

    /** Seconds after the reference that make a chunk worth its while: some words. */
    private static final double SPOKEN_SECONDS_MIN = 2;

    /** The fewest pruned steps that F5-TTS recommends. */
    private static final int PRUNED_STEPS = 7;

    /** What it means to keep the networks of a model loaded between chunks. */
    enum Keeping {
        /** The family opens each graph anew. */
        CANNOT,
        /** More memory than the time it saves is worth. */
        COSTS,
        /** Wanted where there is room. */
        PAYS
    }

    private final SpeechWish wish;
    private final String precision;
    private final double ownSeconds;

    /**
     * The knobs under {@code wish}.
     *
     * @param precision of the weights that are stored
     * @param modelSeconds of a chunk, by the rules of the model
     */
    SpeechKnobs(SpeechWish wish, String precision, double modelSeconds) {
        this.wish = wish;
        this.precision = precision;
        this.ownSeconds = wish.chunkSeconds().orElse(modelSeconds);
    }

    /** Seconds of a chunk where nothing is in the way. */
    double ownSeconds() {
        return ownSeconds;
    }

    /** The session where nothing is in the way; knobs change it. */
    SessionSettings session() {
        EngineWish engine = wish.engine();
        SessionSettings rest = engine.rest();
        return new SessionSettings(
                threadsMost(),
                rest.interOpThreads(),
                engine.optimization().orElse(Optimization.NONE),
                engine.weightsMapped().orElse(true),
                engine.arena().orElse(true),
                rest.spinning(),
                rest.placement());
    }

    /** Whether networks stay loaded between chunks, as far as somebody said so. */
    boolean isKeptOrElse(boolean otherwise) {
        return wish.engine().isKept().orElse(otherwise);
    }

    private int threadsMost() {
        int asked = wish.engine().threads().orElse(0);
        return asked > 0 ? asked : Math.min(wish.engine().cores(), SessionSettings.THREADS_MAX);
    }

    /**
     * All knobs, the one that is given up last first.
     *
     * @param ownSteps of the model, or as asked
     * @param canSample whether the model has that many pruned steps
     * @param hasRoom whether the reference leaves room in chunks of that many seconds
     * @param keeping whether networks can stay loaded, and whether that is worth it
     */
    List<Knob<SpeechChoice>> all(
            Prefer prefer,
            int ownSteps,
            IntPredicate canSample,
            DoublePredicate hasRoom,
            Keeping keeping) {
        Knob<SpeechChoice> seconds = chunkSeconds(hasRoom);
        Knob<SpeechChoice> threads = threads();
        List<Knob<SpeechChoice>> knobs = new ArrayList<>();
        knobs.add(single("precision", precision, "that of this model; snug models has others"));
        knobs.add(steps(prefer, ownSteps, canSample));
        // A chunk of half the seconds after the reference takes nearly as long: time follows it.
        knobs.addAll(
                prefer == Prefer.QUALITY ? List.of(seconds, threads) : List.of(threads, seconds));
        knobs.add(weights(prefer));
        knobs.add(arena());
        knobs.add(optimization());
        knobs.add(stages(keeping));
        knobs.add(single("process", "one", "the command itself speaks"));
        return knobs;
    }

    private Knob<SpeechChoice> stages(Keeping keeping) {
        Option<SpeechChoice> swapped =
                new Option<>("swapped", "one network at a time", old -> old.withKept(false));
        Option<SpeechChoice> kept =
                new Option<>("kept", "loaded once for all chunks", old -> old.withKept(true));
        if (wish.engine().isKept().isPresent()) {
            boolean isKept = wish.engine().isKept().get();
            if (isKept && keeping == Keeping.CANNOT) {
                throw new IllegalArgumentException(
                        "--stages kept: this model opens each network for each chunk; leave it"
                                + " out");
            }
            Option<SpeechChoice> asked = isKept ? kept : swapped;
            return Knob.fixed("stages", asked.value(), asked.in());
        }
        return new Knob<>(
                "stages",
                keeping == Keeping.PAYS ? List.of(kept, swapped) : List.of(swapped),
                false);
    }

    private static Knob<SpeechChoice> single(String name, String value, String reason) {
        return new Knob<>(name, List.of(new Option<>(value, reason, old -> old)), false);
    }

    private Knob<SpeechChoice> steps(Prefer prefer, int ownSteps, IntPredicate canSample) {
        Option<SpeechChoice> own = steps(ownSteps, "the model's own");
        if (wish.sampling().steps().isPresent()) {
            return Knob.fixed("steps", own.value(), own.in());
        }
        boolean isPruned =
                wish.sampling().kind().orElse(Schedule.Kind.EPSS) == Schedule.Kind.EPSS
                        && wish.compat() == Compat.NONE
                        && ownSteps > PRUNED_STEPS
                        && canSample.test(PRUNED_STEPS);
        return prefer == Prefer.SPEED && isPruned
                ? new Knob<>(
                        "steps",
                        List.of(steps(PRUNED_STEPS, "pruned: much sooner, a little coarser"), own),
                        false)
                : new Knob<>("steps", List.of(own), false);
    }

    private static Option<SpeechChoice> steps(int count, String reason) {
        return new Option<>("" + count, reason, old -> old.withSteps(count));
    }

    private Knob<SpeechChoice> chunkSeconds(DoublePredicate hasRoom) {
        if (wish.chunkSeconds().isPresent()) {
            Option<SpeechChoice> asked = seconds(ownSeconds, "");
            return Knob.fixed("chunk-seconds", asked.value(), asked.in());
        }
        double reference = wish.referenceSamples() / (double) Reference.SAMPLE_RATE;
        List<Option<SpeechChoice>> options = new ArrayList<>();
        options.add(seconds(ownSeconds, "the model's own: fewest seams, and soonest"));
        for (double shorter : SHORTER_SECONDS) {
            if (shorter < ownSeconds
                    && shorter >= reference + SPOKEN_SECONDS_MIN
                    && hasRoom.test(shorter)) {
                options.add(
                        seconds(shorter, "less at once, but the reference again for each chunk"));
            }
        }
        return new Knob<>("chunk-seconds", options, false);
    }

    private static Option<SpeechChoice> seconds(double value, String reason) {
        boolean isWhole = value == Math.rint(value);
        String text = isWhole ? String.valueOf((long) value) : String.valueOf(value);
        return new Option<>(text, reason, old -> old.withChunkSeconds(value));
    }

    private Knob<SpeechChoice> threads() {
        int most = threadsMost();
        if (wish.engine().threads().isPresent()) {
            return Knob.fixed("threads", "" + most, threads(most, "").in());
        }
        List<Option<SpeechChoice>> options = new ArrayList<>();
        options.add(threads(most, "one a core"));
        for (int fewer = most / 2; fewer >= 1; fewer /= 2) {
            options.add(threads(fewer, "working memory for fewer"));
        }
        return new Knob<>("threads", options, false);
    }

    private static Option<SpeechChoice> threads(int count, String reason) {
        return new Option<>(
                "" + count, reason, old -> old.withSession(old.session().withThreads(count)));
    }

    private Knob<SpeechChoice> weights(Prefer prefer) {
        Option<SpeechChoice> mapped =
                weights("mapped", "pages of the file, which the system can drop", true);
        Option<SpeechChoice> prepacked = weights("prepacked", "copied into a faster layout", false);
        return wish.engine()
                .weightsMapped()
                .map(is -> is ? mapped : prepacked)
                .map(asked -> Knob.fixed("weights", asked.value(), asked.in()))
                .orElseGet(
                        () ->
                                new Knob<>(
                                        "weights",
                                        prefer == Prefer.SPEED
                                                ? List.of(prepacked, mapped)
                                                : List.of(mapped, prepacked),
                                        false));
    }

    private static Option<SpeechChoice> weights(String value, String reason, boolean isMapped) {
        return new Option<>(
                value, reason, old -> old.withSession(old.session().withWeightsMapped(isMapped)));
    }

    private Knob<SpeechChoice> arena() {
        Option<SpeechChoice> on = arena("on", "what a step frees, the next one takes", true);
        Option<SpeechChoice> off = arena("off", "gives all back after each step", false);
        return wish.engine()
                .arena()
                .map(is -> is ? on : off)
                .map(asked -> Knob.fixed("arena", asked.value(), asked.in()))
                .orElseGet(() -> new Knob<>("arena", List.of(on, off), false));
    }

    private static Option<SpeechChoice> arena(String value, String reason, boolean isOn) {
        return new Option<>(value, reason, old -> old.withSession(old.session().withArena(isOn)));
    }

    private Knob<SpeechChoice> optimization() {
        return wish.engine()
                .optimization()
                .map(
                        asked ->
                                Knob.<SpeechChoice>fixed(
                                        "optimization",
                                        asked.name().toLowerCase(Locale.ROOT),
                                        old -> old))
                .orElseGet(() -> single("optimization", "none", "graphs were rewritten at import"));
    }
}
