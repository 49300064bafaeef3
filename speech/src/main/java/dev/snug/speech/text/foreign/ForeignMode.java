package dev.snug.speech.text.foreign;

/** What happens to words that are not Vietnamese and stand in no lexicon of the user. */
public enum ForeignMode {
    /** Letter by letter, with the Vietnamese names of the letters: for names and codes. */
    SPELL,
    /** As Vietnamese syllables: by the bundled lexicon, then by rules; acronyms are spelled. */
    RESPELL,
    /** As written, for models that read foreign words themselves. */
    KEEP
}
