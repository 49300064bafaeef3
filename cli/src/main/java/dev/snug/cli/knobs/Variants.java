package dev.snug.cli.knobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model and the same model in other precisions.
 *
 * @param name of the one that is measured
 * @param base its name without a precision
 * @param others names by precision of those that are installed beside it
 */
public record Variants(String name, String base, Map<String, String> others) {
    static final String FP16 = "fp16";

    public Variants {
        others = new LinkedHashMap<>(others);
    }

    /** The one in half precision, where it is installed. */
    Optional<String> fp16() {
        return Optional.ofNullable(others.get(FP16));
    }

    /** A row for half precision, whether it is there or not, and one for each other. */
    List<Setting> settings(Job job, Claim ofFp16) {
        List<Setting> all = new ArrayList<>();
        if (!name.endsWith(":" + FP16)) {
            Way way =
                    fp16().<Way>map(model -> new Way.Run(job.ofModel(model)))
                            .orElseGet(() -> new Way.Told("reason_fp16", List.of(base), true));
            all.add(Setting.of(Knob.PRECISION, FP16, way, ofFp16));
        }
        others.forEach(
                (precision, model) -> {
                    if (!precision.equals(FP16)) {
                        all.add(
                                Setting.of(
                                        Knob.PRECISION,
                                        precision,
                                        new Way.Run(job.ofModel(model)),
                                        Claim.LESS_MEMORY));
                    }
                });
        return all;
    }
}
