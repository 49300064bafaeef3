package dev.snug.cli;

import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.picture.Reduction;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

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
    public void answered(
            Path file,
            Classification found,
            Optional<Reduction> reduction,
            Written written,
            double seconds) {
        JsonLines.write(
                out,
                json -> {
                    json.writeStringProperty("file", file.toString());
                    json.writeStringProperty("model", model);
                    json.writeArrayPropertyStart("classes");
                    found.scores().forEach(score -> write(json, score));
                    json.writeEndArray();
                    json.writeName("heatmap");
                    json.writeString(text(written.heatMap()));
                    if (written.report() != null) {
                        json.writeStringProperty("report", text(written.report()));
                    }
                    write(json, reduction);
                    json.writeNumberProperty("seconds", Math.round(seconds * 1e4) / 1e4);
                    PeakMemory.write(json);
                    provider.write(json);
                });
    }

    private static @Nullable String text(@Nullable Path file) {
        return file == null ? null : file.toString();
    }

    /** Null where the picture was decoded whole. */
    private static void write(JsonGenerator json, Optional<Reduction> reduction) {
        json.writeName("decoded_at");
        if (reduction.isEmpty()) {
            json.writeNull();
            return;
        }
        Reduction how = reduction.get();
        json.writeStartObject();
        json.writeNumberProperty("factor", how.factor());
        json.writeNumberProperty("width", how.width());
        json.writeNumberProperty("height", how.height());
        json.writeNumberProperty("full_width", how.fullWidth());
        json.writeNumberProperty("full_height", how.fullHeight());
        json.writeEndObject();
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
