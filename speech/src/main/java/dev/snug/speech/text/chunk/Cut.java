package dev.snug.speech.text.chunk;

/** Kinds of places where a text may be cut, best first, and what a cut there costs. */
enum Cut {
    /** Behind the end of a sentence or a line. */
    SENTENCE(0),
    /** Behind ; or :, or a sentence that goes on in lower case. */
    CLAUSE(0.1),
    /** Behind a comma or a dash. */
    COMMA(0.2),
    /** Before a conjunction. */
    CONJUNCTION(0.6),
    /** Between words. */
    WORD(1.2),
    /** Between words of one name or number: only where nothing else is left. */
    JOINED(1_000),
    /** Inside a word, between characters as people see them: only where nothing else is left. */
    INSIDE(1_000_000);

    /** In squares of deviation: a piece that is half as long as planned costs 0.5. */
    final double cost;

    Cut(double cost) {
        this.cost = cost;
    }
}
