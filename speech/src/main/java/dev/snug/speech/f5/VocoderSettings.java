package dev.snug.speech.f5;

/** What the {@code config.yaml} of Vocos says: a rate and a hop that no weight tells, and sizes. */
record VocoderSettings(SettingsFile file) {
    private static final String ONLY = "F5-TTS needs";
    private static final String WEIGHTS = "the weights say";

    /** Checks the file against what F5-TTS was trained with, and against {@code weights}. */
    void check(Weights weights) {
        String mel = "feature_extractor.init_args.";
        file.requireSame(
                "feature_extractor.class_path",
                "vocos.feature_extractors.MelSpectrogramFeatures",
                ONLY);
        file.requireSame(mel + "sample_rate", LogMel.SAMPLE_RATE, ONLY);
        file.requireSame(mel + "n_fft", Fourier.WINDOW, ONLY);
        file.requireSame(mel + "hop_length", LogMel.HOP, ONLY);
        file.requireSame(mel + "n_mels", LogMel.BANDS, ONLY);
        file.requireSame(mel + "padding", "center", ONLY);
        String head = "head.init_args.";
        file.requireSame("head.class_path", "vocos.heads.ISTFTHead", ONLY);
        file.requireSame(head + "n_fft", Fourier.WINDOW, ONLY);
        file.requireSame(head + "hop_length", LogMel.HOP, ONLY);
        file.requireSame(head + "padding", "center", ONLY);
        String backbone = "backbone.init_args.";
        long channels = weights.shape("backbone.embed.weight", 3).size(0);
        int blocks = weights.count("backbone.convnext.", ".gamma", Vocos.BLOCKS_MOST);
        file.requireSame("backbone.class_path", "vocos.models.VocosBackbone", ONLY);
        file.requireSame(backbone + "dim", channels, WEIGHTS);
        file.requireSame(backbone + "num_layers", blocks, WEIGHTS);
        if (blocks > 0) {
            long inner = weights.shape("backbone.convnext.0.pwconv1.weight", 2).size(0);
            file.requireSame(backbone + "intermediate_dim", inner, WEIGHTS);
        }
    }
}
