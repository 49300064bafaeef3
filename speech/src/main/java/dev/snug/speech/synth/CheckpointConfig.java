package dev.snug.speech.synth;

/** The configuration files beside the weights, in the key names of SWivid/F5-TTS and Vocos. */
final class CheckpointConfig {
    private CheckpointConfig() {}

    /** The text of {@code model.yaml}. */
    static String f5(Size size) {
        return """
        model:
          name: F5TTS_synthetic
          tokenizer: custom
          tokenizer_path: vocab.txt
          backbone: DiT
          arch:
            dim: %d
            depth: %d
            heads: %d
            ff_mult: %d
            text_dim: %d
            text_mask_padding: true
            qk_norm: null
            conv_layers: %d
            pe_attn_head: null
            attn_backend: torch
            attn_mask_enabled: false
            checkpoint_activations: false
          mel_spec:
            target_sample_rate: 24000
            n_mel_channels: 100
            hop_length: 256
            win_length: 1024
            n_fft: 1024
            mel_spec_type: vocos
          vocoder:
            is_local: true
            local_path: vocos
        """
                .formatted(
                        size.dim(),
                        size.depth(),
                        size.heads(),
                        size.feedForward(),
                        size.textDim(),
                        size.textBlocks());
    }

    /** The text of {@code vocos/config.yaml}. */
    static String vocos(Size size) {
        return """
        feature_extractor:
          class_path: vocos.feature_extractors.MelSpectrogramFeatures
          init_args:
            sample_rate: 24000
            n_fft: 1024
            hop_length: 256
            n_mels: 100
            padding: center
        backbone:
          class_path: vocos.models.VocosBackbone
          init_args:
            input_channels: 100
            dim: %1$d
            intermediate_dim: %2$d
            num_layers: %3$d
        head:
          class_path: vocos.heads.ISTFTHead
          init_args:
            dim: %1$d
            n_fft: 1024
            hop_length: 256
            padding: center
        """
                .formatted(size.vocosDim(), size.vocosInner(), size.vocosBlocks());
    }
}
