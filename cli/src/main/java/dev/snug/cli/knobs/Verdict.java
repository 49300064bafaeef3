package dev.snug.cli.knobs;

import java.util.Locale;

/** What became of a claim. */
public enum Verdict {
    HOLDS,
    DOES_NOT_HOLD,
    NO_COUNTERPART,
    NOT_MEASURED;

    /** As figures for programs say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code claim} holds for {@code row}. */
    static Verdict of(Claim claim, Row row) {
        if (row.setting().way() instanceof Way.Told told && !told.hasCounterpart()) {
            return NO_COUNTERPART;
        }
        if (row.figures().isEmpty()) {
            return NOT_MEASURED;
        }
        return switch (claim.quantity()) {
            case QUALITY -> NOT_MEASURED;
            case LESS_MEMORY ->
                    holds(
                            claim.hasFigure()
                                    ? row.memoryRatio() <= claim.most()
                                    : row.memoryEffect() == Row.Effect.LESS);
            case MORE_MEMORY -> holds(isBetween(row.memoryRatio(), claim));
            case MORE_SECONDS -> holds(isBetween(row.secondsRatio(), claim));
        };
    }

    private static boolean isBetween(double ratio, Claim claim) {
        return ratio >= claim.least() && ratio <= claim.most();
    }

    private static Verdict holds(boolean doesHold) {
        return doesHold ? HOLDS : DOES_NOT_HOLD;
    }
}
