package dev.snug.speech;

/** Whose rules are followed where Snug's own differ. */
public enum Compat {
    /** Snug's own: those of the model's family, joined with level matching. */
    NONE,
    /** F5-TTS: its text, levels, durations, linear cross-fade and pruned schedules. */
    F5,
    /** VietVoice-TTS: its text, levels, durations, cross-fade and the 32 points of its graphs. */
    VIETVOICE
}
