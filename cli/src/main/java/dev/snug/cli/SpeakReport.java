package dev.snug.cli;

import dev.snug.speech.SpeechPlan;
import dev.snug.speech.Spoken;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.text.Chunk;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** What {@code snug speak} says of its work: lines for people or one JSON object. */
record SpeakReport(
        String model, String voice, long seed, PlanReport memory, ProviderReport provider) {
    /** The chunks and steps that would be computed; what is to be spoken is shown as it is. */
    void planned(Surroundings surroundings, SpeechPlan plan) {
        surroundings.show(out -> printHead(out, plan));
        double seconds = printChunks(surroundings.out(), plan);
        surroundings.show(out -> printSteps(out, plan, seconds));
    }

    private void printHead(PrintStream out, SpeechPlan plan) {
        out.printf(
                Locale.ROOT,
                "model %s, voice %s (%.2f s, %d frames), seed %d%n",
                model,
                voice,
                plan.reference().seconds(),
                plan.reference().frames(),
                seed);
    }

    /** Returns the seconds of all together. */
    private static double printChunks(PrintStream out, SpeechPlan plan) {
        List<Chunk> chunks = plan.script().chunks();
        double seconds = 0;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            seconds += plan.seconds(chunk);
            out.printf(
                    Locale.ROOT,
                    "%4d  %4d tokens  %4d frames  %6.2f s  %s%n",
                    i + 1,
                    chunk.tokens().size(),
                    chunk.frames(),
                    plan.seconds(chunk),
                    chunk.text());
        }
        return seconds;
    }

    private void printSteps(PrintStream out, SpeechPlan plan, double seconds) {
        float[] times = plan.sampling().schedule().times();
        StringBuilder shown = new StringBuilder();
        for (float time : times) {
            shown.append(String.format(Locale.ROOT, " %.4f", time));
        }
        out.printf(
                Locale.ROOT,
                "%d steps at%s, guidance %s%s%s%n",
                times.length - 1,
                shown,
                plan.sampling().guidance(),
                listed(" but for steps ", plan.sampling().guidanceSteps().skipped()),
                listed(", used again on steps ", plan.sampling().guidanceSteps().reused()));
        out.printf(
                Locale.ROOT,
                "%d chunks, about %.1f s of speech%n",
                plan.script().chunks().size(),
                seconds);
        out.println(memory.line());
    }

    private static String listed(String words, Set<Integer> steps) {
        return steps.isEmpty() ? "" : words + steps.stream().sorted().toList();
    }

    /** The same for programs. */
    void plannedJson(PrintStream out, SpeechPlan plan) {
        JsonLines.write(
                out,
                json -> {
                    json.writeStringProperty("model", model);
                    json.writeStringProperty("voice", voice);
                    json.writeNumberProperty("seed", seed);
                    json.writeNumberProperty("reference_seconds", plan.reference().seconds());
                    json.writeNumberProperty("reference_frames", plan.reference().frames());
                    json.writeArrayPropertyStart("chunks");
                    plan.script().chunks().forEach(chunk -> write(json, plan, chunk));
                    json.writeEndArray();
                    json.writeNumberProperty("steps", plan.sampling().schedule().steps());
                    json.writeArrayPropertyStart("times");
                    for (float time : plan.sampling().schedule().times()) {
                        json.writeNumber(time);
                    }
                    json.writeEndArray();
                    json.writeNumberProperty("guidance", plan.sampling().guidance());
                    GuidanceSteps guided = plan.sampling().guidanceSteps();
                    steps(json, "unguided_steps", guided.skipped());
                    steps(json, "reused_guidance_steps", guided.reused());
                    unread(json, plan.script().unread());
                    json.writeName("memory");
                    json.writeStartObject();
                    memory.write(json);
                    json.writeEndObject();
                });
    }

    private static void steps(JsonGenerator json, String key, Set<Integer> steps) {
        json.writeArrayPropertyStart(key);
        steps.stream().sorted().forEach(json::writeNumber);
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, SpeechPlan plan, Chunk chunk) {
        json.writeStartObject();
        json.writeStringProperty("text", chunk.text());
        json.writeNumberProperty("tokens", chunk.tokens().size());
        json.writeNumberProperty("frames", chunk.frames());
        json.writeNumberProperty("seconds", plan.seconds(chunk));
        json.writeEndObject();
    }

    /** How long it took and where the sound is. */
    void spoken(PrintStream out, String output, Spoken spoken) {
        out.printf(
                Locale.ROOT,
                "%s  %.2f s of speech in %.1f s (%.1f times its length), first sound after %.1f s,"
                        + " voice %s, peak memory %s%n",
                output,
                spoken.audioSeconds(),
                spoken.seconds(),
                timesItsLength(spoken),
                spoken.firstAudioSeconds(),
                voice,
                PeakMemory.shown());
    }

    /** The same for programs. */
    void spokenJson(PrintStream out, @Nullable Path output, Spoken spoken) {
        spokenJson(out, output, spoken, _ -> {});
    }

    /** The same with more properties in the end. */
    void spokenJson(
            PrintStream out, @Nullable Path output, Spoken spoken, Consumer<JsonGenerator> more) {
        JsonLines.write(
                out,
                json -> {
                    json.writeName("output");
                    json.writeString(output == null ? null : output.toString());
                    json.writeNumberProperty("seconds_audio", rounded(spoken.audioSeconds()));
                    json.writeNumberProperty("seconds", rounded(spoken.seconds()));
                    json.writeNumberProperty("rtf", rounded(timesItsLength(spoken)));
                    json.writeNumberProperty(
                            "first_audio_seconds", rounded(spoken.firstAudioSeconds()));
                    json.writeNumberProperty("steps", spoken.steps());
                    json.writeNumberProperty("chunks", spoken.chunks());
                    PeakMemory.write(json);
                    json.writeNumberProperty("memory_limit_bytes", memory.limit().bytes());
                    if (!memory.plan().isBound()) {
                        json.writeNumberProperty(
                                "predicted_peak_bytes", memory.plan().predictedPeakBytes());
                    }
                    json.writeStringProperty("model", model);
                    json.writeStringProperty("voice", voice);
                    json.writeNumberProperty("seed", seed);
                    provider.write(json);
                    unread(json, spoken.unread());
                    more.accept(json);
                });
    }

    private static void unread(JsonGenerator json, List<String> unread) {
        json.writeArrayPropertyStart("unread");
        unread.forEach(json::writeString);
        json.writeEndArray();
    }

    private static double timesItsLength(Spoken spoken) {
        return spoken.seconds() / Math.max(spoken.audioSeconds(), 1e-9);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
