package dev.snug.cli;

import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;
import java.nio.file.Path;

/** Answers as one JSON object a line (jsonlines.org), for programs. */
final class JsonAnswers implements Answers {
    private final PrintStream out;
    private final String model;
    private final ProviderReport provider;

    JsonAnswers(PrintStream out, String model, ProviderReport provider) {
        this.out = out;
        this.model = model;
        this.provider = provider;
    }

    @Override
    public void answered(Path file, Classification found, @Nullable Path heatMap, double seconds) {
        JsonLines.write(
                out,
                json -> {
                    json.writeStringProperty("file", file.toString());
                    json.writeStringProperty("model", model);
                    json.writeArrayPropertyStart("classes");
                    found.scores().forEach(score -> write(json, score));
                    json.writeEndArray();
                    json.writeName("heatmap");
                    json.writeString(heatMap == null ? null : heatMap.toString());
                    json.writeNumberProperty("seconds", Math.round(seconds * 1e4) / 1e4);
                    PeakMemory.write(json);
                    provider.write(json);
                });
    }

    private static void write(JsonGenerator json, ClassScore score) {
        json.writeStartObject();
        json.writeStringProperty("id", score.label().id());
        json.writeStringProperty("name", score.label().name());
        json.writeNumberProperty("probability", score.probability());
        json.writeEndObject();
    }

    @Override
    public void failed(Path file, Failure failure) {
        JsonLines.write(
                out,
                json -> {
                    json.writeStringProperty("file", file.toString());
                    json.writeStringProperty("error", failure.message());
                });
    }

    @Override
    public void close() {
        out.flush();
    }
}
