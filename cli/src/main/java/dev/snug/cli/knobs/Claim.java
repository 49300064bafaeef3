package dev.snug.cli.knobs;

/**
 * What a guide promises of a setting, as a ratio to the run without it.
 *
 * @param key of its words
 * @param quantity that it is about
 * @param least of the ratios promised
 * @param most of them
 */
public record Claim(String key, Quantity quantity, double least, double most) {
    /** What a claim is about. */
    public enum Quantity {
        /** The most memory that the process takes: no more than promised. */
        LESS_MEMORY,
        /** Memory that a convenience costs: as much as promised. */
        MORE_MEMORY,
        /** Seconds for the same work: as many as promised. */
        MORE_SECONDS,
        /** How good the answer is, which this report does not measure. */
        QUALITY
    }

    /** VietVoice-TTS, all settings: 8 GB become 3 to 4. */
    static final Claim SPEECH_MEMORY =
            new Claim("claim_speech_memory", Quantity.LESS_MEMORY, 3.0 / 8, 4.0 / 8);

    /** The same: what took 10 s takes 14 to 16. */
    static final Claim SPEECH_SECONDS =
            new Claim("claim_speech_seconds", Quantity.MORE_SECONDS, 1.4, 1.6);

    /** 16 steps in place of 32: 5 to 10 % poorer. */
    static final Claim STEPS_QUALITY =
            new Claim("claim_steps_quality", Quantity.QUALITY, 0.9, 0.95);

    /** The skin app, all settings: 650 MB become 350 to 400. */
    static final Claim PICTURE_MEMORY =
            new Claim("claim_picture_memory", Quantity.LESS_MEMORY, 350.0 / 650, 400.0 / 650);

    /** Heat maps: 450 to 550 MB in place of 350 to 400. */
    static final Claim HEAT_MAP_MEMORY =
            new Claim("claim_heat_map_memory", Quantity.MORE_MEMORY, 450.0 / 400, 550.0 / 350);

    /** Float16 weights: 300 to 350 MB in place of 350 to 400. */
    static final Claim PICTURE_FP16 =
            new Claim("claim_picture_fp16", Quantity.LESS_MEMORY, 300.0 / 350, 350.0 / 400);

    /** Listed among the settings for low memory, without a figure. */
    static final Claim LESS_MEMORY = new Claim("claim_less_memory", Quantity.LESS_MEMORY, 0, 1);

    /** As figures for programs say it: {@code speech_memory}. */
    String word() {
        return key.replaceFirst("^claim_", "");
    }

    /** Whether it names a figure. */
    boolean hasFigure() {
        return quantity != Quantity.QUALITY && least > 0;
    }
}
