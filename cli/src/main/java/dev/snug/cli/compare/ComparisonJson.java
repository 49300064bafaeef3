package dev.snug.cli.compare;

import dev.snug.vision.Classification;

import tools.jackson.core.JsonGenerator;

import java.util.OptionalDouble;

/** A comparison as the properties of one JSON object. */
public record ComparisonJson(Comparison comparison, KeptQuality kept) {
    private static final double MICROS = 1e6;

    /** Writes the properties. */
    public void write(JsonGenerator out) {
        write(out, "a", comparison.a());
        write(out, "b", comparison.b());
        out.writeArrayPropertyStart("cases");
        switch (comparison) {
            case Comparison.Pictures pictures -> pictures.cases().forEach(one -> write(out, one));
            case Comparison.Speech speech -> speech.cases().forEach(one -> write(out, one));
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("failed");
        for (FailedCase failed : comparison.failed()) {
            out.writeStartObject();
            out.writeNumberProperty("case", failed.number());
            out.writeStringProperty("name", failed.name());
            out.writeStringProperty("error", failed.error());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectPropertyStart("totals");
        comparison.quality().forEach(out::writeNumberProperty);
        if (comparison instanceof Comparison.Pictures pictures) {
            pictures.probabilities()
                    .ifPresent(
                            spread ->
                                    out.writeNumberProperty(
                                            "probability_difference_median", spread.median()));
        }
        out.writeEndObject();
        out.writeName("quality_kept_with");
        out.writeString(kept.variant());
        out.writeStringProperty("quality_note", kept.words());
    }

    private static void write(JsonGenerator out, String name, Side side) {
        out.writeObjectPropertyStart(name);
        out.writeStringProperty("model", side.model());
        out.writeNumberProperty("weight_bytes", side.weightBytes());
        out.writeNumberProperty("peak_rss_bytes", side.peakBytes());
        out.writeNumberProperty("cpu_seconds", side.cpuMicros() / MICROS);
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, PictureCase one) {
        out.writeStartObject();
        out.writeNumberProperty("case", one.number());
        out.writeStringProperty("name", one.name());
        write(out, "a", one.a());
        write(out, "b", one.b());
        out.writeBooleanProperty("same_class", one.difference().sameTop());
        out.writeNumberProperty("probability_difference", one.difference().probabilityDifference());
        number(out, "map_correlation", one.difference().mapCorrelation());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, String name, PictureCase.Answer answer) {
        Classification found = answer.found();
        out.writeObjectPropertyStart(name);
        out.writeStringProperty("class", found.top().label().id());
        out.writeNumberProperty("probability", found.top().probability());
        out.writeNumberProperty("seconds", answer.seconds());
        out.writeNumberProperty("cpu_seconds", answer.cpuSeconds());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, SpeechCase one) {
        out.writeStartObject();
        out.writeNumberProperty("case", one.number());
        out.writeStringProperty("text", one.text());
        write(out, "a", one.a());
        write(out, "b", one.b());
        number(out, "mel_distance_db", one.melDistance());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, String name, SpeechCase.Answer answer) {
        out.writeObjectPropertyStart(name);
        out.writeStringProperty("voice", answer.voice());
        out.writeNumberProperty("seconds_audio", answer.audioSeconds());
        out.writeNumberProperty("seconds", answer.seconds());
        out.writeNumberProperty("cpu_seconds", answer.cpuSeconds());
        out.writeNumberProperty("rtf", answer.realTimeFactor());
        out.writeEndObject();
    }

    private static void number(JsonGenerator out, String name, OptionalDouble value) {
        out.writeName(name);
        if (value.isPresent()) {
            out.writeNumber(value.getAsDouble());
        } else {
            out.writeNull();
        }
    }
}
