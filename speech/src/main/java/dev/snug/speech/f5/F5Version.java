package dev.snug.speech.f5;

/**
 * How the weights of an F5-TTS checkpoint are meant: the two configurations of the official
 * project. The weights have the same names and sizes in both, so somebody has to say which it is.
 */
public enum F5Version {
    /**
     * F5TTS_Base, F5TTS_Small and most fine-tunes of them: filler behind the text is embedded like
     * text, and positions rotate the first attention head only.
     */
    V0,

    /** F5TTS_v1_Base: filler is kept at zero, and positions rotate every head. */
    V1
}
