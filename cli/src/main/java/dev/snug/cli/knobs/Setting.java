package dev.snug.cli.knobs;

import java.util.List;
import java.util.Optional;

/**
 * One row of the report before it is measured: a knob at one value.
 *
 * @param value as a person writes it: {@code 16}, {@code off}; empty where there is nothing to say
 * @param way its figures come about
 * @param against the job that it is compared with; empty for the default
 * @param claims of the guide
 * @param isDefault whether Snug runs like this unless told otherwise
 */
public record Setting(
        Knob knob,
        String value,
        Way way,
        Optional<Job> against,
        List<Claim> claims,
        boolean isDefault) {
    public Setting {
        claims = List.copyOf(claims);
    }

    /** Compared with the default. */
    static Setting of(Knob knob, String value, Way way, Claim... claims) {
        return new Setting(knob, value, way, Optional.empty(), List.of(claims), false);
    }

    /** One at which Snug stands anyway: the default job is its job. */
    static Setting standing(Knob knob, String value, Job job) {
        return new Setting(knob, value, new Way.Run(job), Optional.empty(), List.of(), true);
    }

    /** A setting that Snug does not have, or that is not measured; {@code reason} is a key. */
    static Setting told(Knob knob, String value, String reason, boolean hasCounterpart) {
        return of(knob, value, new Way.Told(reason, List.of(), hasCounterpart));
    }

    /** The same as what Snug does anyway. */
    Setting asDefault() {
        return new Setting(knob, value, way, against, List.of(), true);
    }

    /** The same compared with {@code job}. */
    Setting against(Job job) {
        return new Setting(knob, value, way, Optional.of(job), claims, isDefault);
    }
}
