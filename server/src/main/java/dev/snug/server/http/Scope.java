package dev.snug.server.http;

/** What somebody may do; a token names some of these, an account has all. */
public enum Scope {
    /** Classify pictures, and see their heat maps. */
    CLASSIFY,

    /** Have texts spoken. */
    SPEAK,

    /** Leave long work here, and see what became of it. */
    JOBS,

    /** See models, plans, memory and metrics. */
    STATUS,

    /** Make and revoke tokens and accounts. */
    ADMIN;

    /** As it is written in JSON, forms and on the command line. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
