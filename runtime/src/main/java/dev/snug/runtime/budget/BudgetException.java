package dev.snug.runtime.budget;

import java.io.Serial;

/**
 * A reservation that was refused: nothing was allocated and the ledger is unchanged. The user can
 * ask for less or raise the limit; {@link Refusal} has the figures.
 */
public final class BudgetException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    BudgetException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /** The figures behind the message. */
    public Refusal refusal() {
        return refusal;
    }
}
