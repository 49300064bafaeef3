package dev.snug.runtime.plan;

/** What a plan gives up last. */
public enum Prefer {
    /** What comes out; it may take as long as it takes. */
    QUALITY,
    /** Time; what comes out may be coarser. */
    SPEED,
    /** The model's own settings, and what makes them faster where memory allows it. */
    BALANCED
}
