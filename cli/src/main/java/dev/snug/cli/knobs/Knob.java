package dev.snug.cli.knobs;

import java.util.Locale;

/** A setting that the guides to low memory name, in the order of the report. */
public enum Knob {
    /** As Snug runs without any of them. */
    DEFAULT,
    /** NFE steps of speech. */
    STEPS,
    /** Most seconds of speech in one run of the network, recording included. */
    CHUNK_SECONDS,
    /** Side of the model's input in pixels. */
    PICTURE_SIZE,
    /** Where the model looked, computed with the answer (Grad-CAM). */
    HEAT_MAP,
    /** The model is loaded at its first use. */
    LAZY_LOAD,
    /** A process ends after so many pictures, and another takes its place. */
    RECYCLING,
    /** The engine keeps what a run frees for the next one. */
    ARENA,
    /** Threads of one operator; 0 is all cores. */
    INTRA_OP_THREADS,
    /** Operators at once; 0 is all cores. */
    INTER_OP_THREADS,
    /** Rewriting of graphs at load. */
    OPTIMIZATION,
    /** Idle threads burn CPU to go on sooner. */
    SPINNING,
    /** Weights in fewer bits. */
    PRECISION,
    /** Temporary files and results in memory: /dev/shm. */
    TEMPORARY_FOLDER,
    /** How much the engine logs: TF_CPP_MIN_LOG_LEVEL, log severity. */
    LOG_VARIABLES,
    /** TF_ENABLE_ONEDNN_OPTS and what belongs to it. */
    ONEDNN_VARIABLES,
    /** Another processor. */
    GPU,
    /** All of the guide's settings at once. */
    TOGETHER;

    /** As figures for programs say it: {@code chunk-seconds}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The key of its name for people. */
    String key() {
        return "knob_" + name().toLowerCase(Locale.ROOT);
    }
}
