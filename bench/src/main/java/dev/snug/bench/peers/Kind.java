package dev.snug.bench.peers;

import java.util.Locale;

/**
 * What is done. A job is done with few units and with more, so that the CPU of one unit is their
 * difference, without start, load and end.
 */
enum Kind {
    /** 4 s of a voice and 4 s more, 750 frames; a unit is a step of both branches. */
    SPEECH("step", 2, 4, 1, 16, 1),

    /** 4 s of a voice and 11 s more, 1405 frames: the longest chunk of VietVoice-TTS. */
    LONG("step", 1, 2, 1, 16, 1),

    /** One picture of 300 × 300 pixels, probabilities and heat map; a unit is a picture. */
    PICTURES("picture", 1, 5, 1, 8, 3);

    final String unit;

    /** Units of the job whose memory and output are told. */
    final int few;

    final int more;

    /** Units of a run under a hard limit: the peak does not grow with them. */
    final int limited;

    /** The smallest hard limit is found to this. */
    final int limitStepMib;

    /** Rounds where nobody names another number: a run of speech takes half a minute. */
    final int rounds;

    Kind(String unit, int few, int more, int limited, int limitStepMib, int rounds) {
        this.unit = unit;
        this.few = few;
        this.more = more;
        this.limited = limited;
        this.limitStepMib = limitStepMib;
        this.rounds = rounds;
    }

    /** Whether the answer is sound. */
    boolean isSpeech() {
        return this != PICTURES;
    }

    /** How messages and file names call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
