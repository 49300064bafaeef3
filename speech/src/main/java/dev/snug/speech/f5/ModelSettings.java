package dev.snug.speech.f5;

import dev.snug.runtime.json.Json;
import dev.snug.speech.safetensors.CheckpointException;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/**
 * What the {@code model.yaml} of a checkpoint of F5-TTS says: the version, which no weight tells,
 * and sizes, which the weights tell too.
 */
record ModelSettings(SettingsFile file) {
    private static final String ARCH = "model.arch.";
    private static final String MASK = ARCH + "text_mask_padding";
    private static final String ROTATED = ARCH + "pe_attn_head";

    private static final String ONLY = "Snug runs";
    private static final String WEIGHTS = "the weights say";

    /**
     * The version, when the file tells it. One of the two settings that is not there has the value
     * that F5-TTS gives it: true, and null for all heads.
     *
     * @throws CheckpointException when it tells a combination that no version has
     */
    Optional<F5Version> version() {
        if (file.at(MASK).isEmpty() && file.at(ROTATED).isEmpty()) {
            return Optional.empty();
        }
        Object mask = file.at(MASK).isEmpty() ? true : value(MASK);
        Object rotated = value(ROTATED);
        if (Boolean.TRUE.equals(mask) && rotated == null) {
            return Optional.of(F5Version.V1);
        }
        if (Boolean.FALSE.equals(mask) && Objects.equals(rotated, 1L)) {
            return Optional.of(F5Version.V0);
        }
        throw new CheckpointException(
                ("%s says text_mask_padding = %s and pe_attn_head = %s; Snug runs true with null"
                                + " (v1) and false with 1 (v0)")
                        .formatted(
                                file.name(),
                                Json.printable(String.valueOf(mask)),
                                Json.printable(String.valueOf(rotated))));
    }

    private @Nullable Object value(String path) {
        return file.at(path).map(SettingsFile.Entry::value).orElse(null);
    }

    /**
     * Checks the file against the weights and against what Snug runs.
     *
     * @param feedForward channels of the feed-forward part, off the weights
     */
    void check(F5Sizes sizes, long feedForward) {
        file.requireSame("model.backbone", "DiT", ONLY);
        file.requireSame("model.mel_spec.mel_spec_type", "vocos", ONLY);
        file.requireSame("model.mel_spec.target_sample_rate", LogMel.SAMPLE_RATE, ONLY);
        file.requireSame("model.mel_spec.n_mel_channels", LogMel.BANDS, ONLY);
        file.requireSame("model.mel_spec.hop_length", LogMel.HOP, ONLY);
        file.requireSame("model.mel_spec.n_fft", Fourier.WINDOW, ONLY);
        file.requireSame("model.mel_spec.win_length", Fourier.WINDOW, ONLY);
        file.requireSame(ARCH + "dim", sizes.transformer().dim(), WEIGHTS);
        file.requireSame(ARCH + "depth", sizes.transformer().depth(), WEIGHTS);
        file.requireSame(ARCH + "heads", sizes.transformer().heads(), WEIGHTS);
        file.requireSame(ARCH + "dim_head", TransformerSizes.HEAD_CHANNELS, ONLY);
        file.requireSame(ARCH + "text_dim", sizes.textDim(), WEIGHTS);
        file.requireSame(ARCH + "conv_layers", sizes.textBlocks(), WEIGHTS);
        if (feedForward % sizes.transformer().dim() == 0) {
            file.requireSame(ARCH + "ff_mult", feedForward / sizes.transformer().dim(), WEIGHTS);
        }
        file.requireSame(ARCH + "text_embedding_average_upsampling", false, ONLY);
        file.requireSame(ARCH + "average_upsampling", false, ONLY);
        file.requireSame(ARCH + "qk_norm", null, ONLY);
        file.requireSame(ARCH + "long_skip_connection", false, ONLY);
    }
}
