package dev.snug.speech.book;

import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechRequest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides the samples of a book, by the words that a person knows it by. Sound that
 * was made under an equal one may be gone on with.
 *
 * @param settings value by name, in the order in which differences are told
 */
public record Fingerprint(Map<String, String> settings) {
    public Fingerprint {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * That of {@code book}.
     *
     * @param modelSha256 of the model's manifest
     * @param seed of the noise
     * @param program name and version
     */
    public static Fingerprint of(PlannedBook book, String modelSha256, long seed, String program) {
        SpeechPlan plan = book.planned().speech();
        SpeechRequest request = plan.request();
        SessionSettings session = book.planned().memory().settings().session();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("program", program);
        settings.put("what computes", session.placement().provider().word());
        settings.put("text", book.survey().textSha256());
        settings.put("reading and pace", book.survey().scriptSha256());
        settings.put("model", modelSha256);
        settings.put("voice", voice(request));
        settings.put("seed", Long.toString(seed));
        settings.put(
                "steps and guidance",
                List.of(
                                Arrays.toString(plan.sampling().schedule().times()),
                                plan.sampling().guidance(),
                                plan.sampling().guidanceSteps().skipped().stream()
                                        .sorted()
                                        .toList(),
                                plan.sampling().guidanceSteps().reused().stream().sorted().toList())
                        .toString());
        settings.put(
                "rules and cross-fade",
                request.rules().compat()
                        + " "
                        + request.rules().family()
                        + " "
                        + request.crossFadeSamples());
        settings.put(
                "engine",
                List.of(
                                session.threads(),
                                session.interOpThreads(),
                                session.optimization(),
                                session.weightsMapped(),
                                Probe.ofThisMachine().machine().instructionSet())
                        .toString());
        return new Fingerprint(settings);
    }

    private static String voice(SpeechRequest request) {
        float[] samples = request.voice().recording().samples();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * samples.length);
        bytes.asFloatBuffer().put(samples);
        return "%s %d %s"
                .formatted(
                        Checksum.of(bytes.array()),
                        request.voice().recording().rate(),
                        request.voice().text().text());
    }

    /** The names of what is not the same in {@code other}. */
    public List<String> differences(Fingerprint other) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (!setting.getValue().equals(other.settings.get(setting.getKey()))) {
                names.add(setting.getKey());
            }
        }
        return names;
    }
}
