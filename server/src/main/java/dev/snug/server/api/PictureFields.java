package dev.snug.server.api;

import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;

/** What is asked of pictures: fields of the form, else parameters of the query. */
record PictureFields(Call call, Map<String, String> fields) {
    /** How a heat map is to come. */
    HeatMapForm form() {
        String form = text("heatmap");
        if (!flag("explain")) {
            if (form != null || text("class") != null) {
                throw wrong("explain", "heatmap and class need explain=true");
            }
            return HeatMapForm.NONE;
        }
        return switch (Objects.requireNonNullElse(form, "layer")) {
            case "layer" -> HeatMapForm.LAYER;
            case "overlay" -> HeatMapForm.OVERLAY;
            default -> throw wrong("heatmap", "heatmap is layer or overlay");
        };
    }

    @Nullable String text(String name) {
        String field = fields.get(name);
        String value = field == null ? call.query(name).orElse(null) : field;
        return value == null || value.isBlank() ? null : value.strip();
    }

    boolean flag(String name) {
        String value = text(name);
        return value != null
                && switch (value) {
                    case "true", "1", "on" -> true;
                    case "false", "0", "off" -> false;
                    default -> throw wrong(name, name + " is true or false");
                };
    }

    String word(String name, String usual, String other) {
        String value = Objects.requireNonNullElse(text(name), usual);
        if (!value.equals(usual) && !value.equals(other)) {
            throw wrong(name, "%s is %s or %s".formatted(name, usual, other));
        }
        return value;
    }

    @Nullable Double number(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException e) {
            throw wrong(name, name + " is a number, such as 41.5");
        }
    }

    private static HttpException wrong(String name, String words) {
        return HttpException.of(400, "bad_question", words).about(name);
    }
}
