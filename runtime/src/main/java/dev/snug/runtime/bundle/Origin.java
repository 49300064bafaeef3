package dev.snug.runtime.bundle;

/** Whose a model of the store is. */
public enum Origin {
    /** Installed by the user, under a name that no shipped model has. */
    OWN,

    /** Installed by the user; it is found in place of the shipped model of the same name. */
    OWN_BEFORE_SHIPPED,

    /** Came with Snug: it is read where it lies, never changed, renamed or removed. */
    SHIPPED
}
