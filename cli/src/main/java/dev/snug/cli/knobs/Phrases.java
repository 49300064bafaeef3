package dev.snug.cli.knobs;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A row in the words of one language. */
record Phrases(Language language) {
    String knob(Setting setting) {
        return language.text(setting.knob().key());
    }

    /** {@code off}, {@code 0 (all cores)}, {@code 8 s}. */
    String value(Setting setting) {
        if (setting.value().isEmpty()) {
            return "";
        }
        String ofKnob = setting.knob().key() + "_" + setting.value();
        return language.find(ofKnob)
                .or(() -> language.find("value_" + setting.value()))
                .or(
                        () ->
                                language.find(setting.knob().key() + "_value")
                                        .map(text -> text.replace("{0}", setting.value())))
                .orElse(setting.value());
    }

    /** What the guide says, and what became of it. */
    String claims(Row row) {
        StringJoiner all = new StringJoiner("; ");
        for (Claim claim : row.setting().claims()) {
            all.add(language.text(claim.key()));
        }
        return all.length() == 0 ? "–" : all.toString();
    }

    /** {@code does not hold; memory: 3.1 MiB less (4 %), time: 0.85 ×}. */
    String found(Row row) {
        List<String> parts = new ArrayList<>();
        List<Verdict> verdicts =
                row.setting().claims().stream().map(claim -> Verdict.of(claim, row)).toList();
        if (verdicts.stream().distinct().count() == 1) {
            parts.add("**" + verdict(verdicts.getFirst()) + "**");
        } else {
            for (int i = 0; i < verdicts.size(); i++) {
                String about = row.setting().claims().get(i).quantity().name();
                parts.add(
                        language.text("about_" + about) + " **" + verdict(verdicts.get(i)) + "**");
            }
        }
        parts.add(words(row));
        return String.join("; ", parts);
    }

    private String verdict(Verdict verdict) {
        return language.text("verdict_" + verdict.word());
    }

    /** What was found, without the verdicts. */
    String words(Row row) {
        if (row.setting().way() instanceof Way.Told told) {
            return language.text(told.reason(), told.values().toArray());
        }
        if (!row.refusal().isEmpty()) {
            return language.text("refused", row.refusal());
        }
        if (row.setting().isDefault()) {
            return standing(row.setting().knob());
        }
        StringJoiner words = new StringJoiner(", ");
        words.add(memory(row));
        if (!Double.isNaN(row.secondsRatio())) {
            words.add(time(row));
        }
        double shared = row.figures().map(Row.Figures::sharedMemoryBytes).orElse(0.0);
        if (shared > 0) {
            words.add(language.text("shared_memory", language.mebibytes(shared)));
        }
        return words.toString();
    }

    private String memory(Row row) {
        String share = language.percent(row.memoryRatio() - 1);
        String mebibytes = language.mebibytes(Math.abs(row.moreBytes()));
        return switch (row.memoryEffect()) {
            case NONE -> sameMemory(row);
            case LESS -> language.text("memory_less", mebibytes, share);
            case MORE -> language.text("memory_more", mebibytes, share);
        };
    }

    /** As much in all, but perhaps not as much of what must stay. */
    private String sameMemory(Row row) {
        if (row.setting().knob() == Knob.STEPS) {
            return language.text("memory_steps");
        }
        String anonymous = language.mebibytes(Math.abs(row.moreAnonymousBytes()));
        return switch (row.anonymousEffect()) {
            case NONE -> language.text("memory_same");
            case LESS -> language.text("memory_same_anonymous_less", anonymous);
            case MORE -> language.text("memory_same_anonymous_more", anonymous);
        };
    }

    private String time(Row row) {
        return row.isTimeSame()
                ? language.text("time_same")
                : language.text(
                        "time_ratio",
                        language.number(row.secondsRatio(), 2),
                        language.number(row.cpuRatio(), 2));
    }

    private String standing(Knob knob) {
        return language.text(
                switch (knob) {
                    case DEFAULT -> "compared_with";
                    case CHUNK_SECONDS -> "is_default_chunk";
                    default -> "is_default";
                });
    }
}
