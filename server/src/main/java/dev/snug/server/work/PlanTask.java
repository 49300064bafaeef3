package dev.snug.server.work;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Predicted.Part;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.plan.Workload;
import dev.snug.runtime.worker.Reply;
import dev.snug.runtime.worker.WorkerTask;
import dev.snug.server.answer.PlanCard;
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
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.SpeechModel;
import dev.snug.speech.voice.VoiceBook;
import dev.snug.vision.OptimizedCopy;
import dev.snug.vision.plan.ClassifyWorkload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Plans for a model, in a process of its own that ends afterwards: looking at graphs takes heap
 * that the front is not to have.
 */
public final class PlanTask implements WorkerTask {
    /** Of a voice, where the model brings none: F5-TTS asks for less than 12 s. */
    private static final double REFERENCE_SECONDS = 4;

    private final WorkerSetup setup = WorkerSetup.ofThisProcess();
    private final BundleStore store = setup.store();

    /** Answers with the plan of the model whose name is the body. */
    @Override
    public void run(String name, byte[] body, Reply reply) throws IOException {
        String model = new String(body, StandardCharsets.UTF_8);
        Bundle bundle = store.open(model);
        Workload<?> workload =
                bundle.manifest().kind().equals(SpeechSettings.KIND)
                        ? speech(model)
                        : ClassifyWorkload.of(
                                bundle,
                                OptimizedCopy.find(bundle),
                                PictureWish.of(bundle, setup.heatMaps()),
                                CpuRate.GUESS);
        reply.send(Json.bytes(CardWire.json(card(model, workload))));
    }

    private Workload<?> speech(String name) throws IOException {
        SpeechModel model = SpeechModel.open(store, name, setup.home());
        int reference = referenceSamples(model.voices());
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

    private <S> PlanCard card(String model, Workload<S> workload) {
        Plan<S> plan = Planner.plan(workload, Prefer.BALANCED, setup.limitBytes());
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
                setup.limitBytes(),
                plan.smallestBudgetBytes(),
                plan.predictedPeakBytes(),
                parts,
                settings,
                plan.giveUp());
    }
}
