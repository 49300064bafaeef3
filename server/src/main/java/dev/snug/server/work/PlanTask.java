package dev.snug.server.work;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.device.ProviderException;
import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Predicted.Part;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.plan.Workload;
import dev.snug.runtime.session.Placement;
import dev.snug.runtime.session.SessionException;
import dev.snug.runtime.worker.Reply;
import dev.snug.runtime.worker.WorkerTask;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ProviderCard;
import dev.snug.speech.Compat;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.plan.Chunking;
import dev.snug.speech.plan.EngineWish;
import dev.snug.speech.plan.SpeechWish;
import dev.snug.speech.plan.SpeechWorkload;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.text.Reference;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.SpeechModel;
import dev.snug.speech.voice.VoiceBook;
import dev.snug.vision.OptimizedCopy;
import dev.snug.vision.plan.ClassifyWorkload;
import dev.snug.vision.report.ReportMemory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Plans for a model, in a process of its own that ends afterwards: looking at graphs takes heap
 * that the front is not to have.
 */
public final class PlanTask implements WorkerTask {
    /** The request for one plan. */
    static final String PLAN = "plan";

    /** The request for a survey. */
    static final String SURVEY = "survey";

    /** Of a voice, where the model brings none: F5-TTS asks for less than 12 s. */
    private static final double REFERENCE_SECONDS = 4;

    private final WorkerSetup setup = WorkerSetup.ofThisProcess();
    private final BundleStore store = setup.store();

    /**
     * Answers with the plan of one model, whose name is the body, or with the survey of those that
     * answer by default, whose names are in it.
     */
    @Override
    public void run(String name, byte[] body, Reply reply) throws IOException {
        String text = new String(body, StandardCharsets.UTF_8);
        if (name.equals(PLAN)) {
            reply.send(Json.bytes(CardWire.json(card(text, setup.limitBytes()))));
        } else {
            List<String> standards = text.isEmpty() ? List.of() : List.of(text.split(" "));
            reply.send(survey(standards).encoded());
        }
    }

    private Survey survey(List<String> standards) throws IOException {
        Map<Kind, Need> needs = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            // A kind without a model of its own may still be asked for one by name.
            needs.put(kind, new Need(0, 0));
        }
        long room = Math.max(0, setup.limitBytes() - Sharing.FRONT_BYTES);
        for (String model : standards) {
            PlanCard card = card(model, room);
            long smallest = card.smallestBytes();
            // Not needed to classify, but where there is room a report is not refused.
            long report = kind(model) == Kind.PICTURES ? ReportMemory.OUTSIDE_BYTES : 0;
            long comfortable = Math.max(smallest, card.peakBytes()) + report;
            needs.put(kind(model), new Need(smallest, comfortable));
        }
        Sharing sharing = Sharing.of(setup.limitBytes(), needs);
        List<PlanCard> plans = new ArrayList<>();
        for (String model : standards) {
            plans.add(card(model, sharing.of(kind(model))));
        }
        return new Survey(sharing, plans, provider());
    }

    /** Loads ONNX Runtime for it only where something else than the processor is asked for. */
    private ProviderCard provider() {
        String asked = setup.provider().word();
        try {
            Placement placement = Placement.of(setup.provider());
            return new ProviderCard(
                    asked, placement.provider().word(), placement.reason().orElse(null));
        } catch (ProviderException | SessionException e) {
            return new ProviderCard(asked, null, e.getMessage());
        }
    }

    private Kind kind(String model) {
        return store.open(model).manifest().kind().equals(SpeechSettings.KIND)
                ? Kind.SPEECH
                : Kind.PICTURES;
    }

    private PlanCard card(String model, long limitBytes) throws IOException {
        Bundle bundle = store.open(model);
        return kind(model) == Kind.SPEECH
                ? card(model, speech(model), limitBytes)
                : card(
                        model,
                        ClassifyWorkload.of(
                                bundle,
                                setup.provider().equals(ProviderWish.CPU)
                                        ? OptimizedCopy.find(bundle)
                                        : Optional.empty(),
                                PictureWish.of(bundle, setup.heatMaps(), Placement.CPU),
                                CpuRate.GUESS),
                        limitBytes);
    }

    private Workload<?> speech(String name) throws IOException {
        SpeechModel model = SpeechModel.open(store, name, setup.home());
        int reference = referenceSamples(planned(model));
        return SpeechWorkload.of(
                model.bundle(),
                model.settings(),
                NetworksOpening.BY_FAMILY,
                new SpeechWish(
                        OptionalDouble.empty(),
                        SamplingWish.DEFAULT,
                        Compat.NONE,
                        EngineWish.open(Runtime.getRuntime().availableProcessors()),
                        reference,
                        Chunking.ofUnknownText(reference)),
                CpuRate.GUESS);
    }

    /**
     * The model's own where it has some: a user's that is too long for it must stop nobody else.
     */
    private static VoiceBook planned(SpeechModel model) {
        List<ListedVoice> ofModel = VoiceBook.ofModel(model.bundle(), model.settings());
        return ofModel.isEmpty() ? model.voices() : new VoiceBook(List.of(), ofModel);
    }

    private static int referenceSamples(VoiceBook voices) throws IOException {
        if (voices.all().isEmpty()) {
            return (int) (REFERENCE_SECONDS * Reference.SAMPLE_RATE);
        }
        Recording recording = ReferenceAudio.of(voices.chosen(Traits.NONE, 0));
        return (int)
                Math.ceil(
                        recording.samples().length
                                * (double) Reference.SAMPLE_RATE
                                / recording.rate());
    }

    private static <S> PlanCard card(String model, Workload<S> workload, long limitBytes) {
        Plan<S> plan = Planner.plan(workload, Prefer.BALANCED, limitBytes);
        Map<String, Long> parts = new LinkedHashMap<>();
        for (Part part : plan.cost().largest().predicted().parts()) {
            parts.put(part.name(), part.anonymousBytes());
        }
        parts.put("Java heap", plan.cost().heapBytes());
        Map<String, String> settings = new LinkedHashMap<>();
        plan.choices().forEach(choice -> settings.put(choice.name(), choice.value()));
        return new PlanCard(
                model,
                plan.isFeasible(),
                limitBytes,
                plan.smallestBudgetBytes(),
                plan.predictedPeakBytes(),
                parts,
                settings,
                plan.giveUp());
    }
}
