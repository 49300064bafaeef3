package dev.snug.speech;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.json.Json;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.npy.NpyArray;
import dev.snug.speech.npy.NpyFile;
import dev.snug.speech.text.Chunk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what each stage made into a folder, for comparisons: {@code script.json}, {@code
 * reference.npy} [samples], {@code reference-mel.npy} [frames, 100], and for each chunk, from 001,
 * {@code chunk-001-tokens.npy} int32 [tokens], {@code -noise.npy} and {@code -mel.npy} [frames,
 * 100], {@code -wave.npy} [samples]. All but the tokens are float32.
 */
public final class StageFiles implements StageObserver {
    private final Path folder;

    public StageFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public void reference(SpeechPlan plan, float[] samples, float[] mel) {
        WholeFile.write(folder.resolve("script.json"), out -> out.write(Json.bytes(script(plan))));
        write("reference", NpyArray.of(samples, samples.length));
        write("reference-mel", frames(mel));
    }

    @Override
    public void noise(int number, Chunk chunk, float[] noise) {
        int[] ids = chunk.tokens().ids();
        write(name(number, "tokens"), NpyArray.of(ids, ids.length));
        write(name(number, "noise"), frames(noise));
    }

    @Override
    public void mel(int number, float[] mel) {
        write(name(number, "mel"), frames(mel));
    }

    @Override
    public void wave(int number, float[] wave) {
        write(name(number, "wave"), NpyArray.of(wave, wave.length));
    }

    private void write(String name, NpyArray array) {
        NpyFile.write(folder.resolve(name + ".npy"), array);
    }

    private static String name(int number, String stage) {
        return String.format(Locale.ROOT, "chunk-%03d-%s", number + 1, stage);
    }

    private static NpyArray frames(float[] values) {
        return NpyArray.of(values, values.length / Networks.BANDS, Networks.BANDS);
    }

    private static Map<String, Object> script(SpeechPlan plan) {
        List<Map<String, Object>> chunks = new ArrayList<>();
        for (Chunk chunk : plan.script().chunks()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("text", chunk.text());
            properties.put("tokens", chunk.tokens().size());
            properties.put("frames", chunk.frames());
            properties.put("seconds", plan.seconds(chunk));
            chunks.add(properties);
        }
        List<Double> times = new ArrayList<>();
        for (float time : plan.sampling().schedule().times()) {
            times.add((double) time);
        }
        Map<String, Object> script = new LinkedHashMap<>();
        script.put("reference_text", plan.reference().text());
        script.put("reference_samples", plan.reference().samples());
        script.put("reference_frames", plan.reference().frames());
        script.put("chunks", chunks);
        script.put("unread", plan.script().unread());
        script.put("times", times);
        script.put("guidance", (double) plan.sampling().guidance());
        GuidanceSteps steps = plan.sampling().guidanceSteps();
        script.put("unguided_steps", steps.skipped().stream().sorted().toList());
        script.put("reused_guidance_steps", steps.reused().stream().sorted().toList());
        return script;
    }
}
