package dev.snug.runtime.job;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Plan;

import java.io.Serial;

/** A job that needs more memory than its limit; nothing of it was begun. */
public final class DoesNotFitException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final long neededBytes;

    private DoesNotFitException(String message, long neededBytes) {
        super(message);
        this.neededBytes = neededBytes;
    }

    /** The smallest limit that would do. */
    public long neededBytes() {
        return neededBytes;
    }

    /** What was asked of {@code model}, the limit, what would do, and what it would do without. */
    public static DoesNotFitException of(String model, MemoryLimit limit, Plan<?> plan) {
        String without =
                plan.giveUp().isEmpty()
                        ? "with the settings that you asked for"
                        : "with " + String.join(", ", plan.giveUp());
        return new DoesNotFitException(
                "%s does not fit %s (%s): it needs %s, %s. Give it --memory %s, or see why: snug plan %s --memory %s"
                        .formatted(
                                model,
                                MemorySize.down(limit.bytes()),
                                limit.explanation(),
                                MemorySize.up(plan.smallestBudgetBytes()),
                                without,
                                new MemorySize(plan.smallestBudgetBytes()),
                                model,
                                new MemorySize(limit.bytes())),
                plan.smallestBudgetBytes());
    }

    /** A server with {@code model} needs {@code leastMebibytes} in all. */
    public static DoesNotFitException server(String model, MemorySize asked, long leastMebibytes) {
        return new DoesNotFitException(
                "a server with %s does not fit %s: it needs %d MiB, its front included. Give it --memory %dMiB"
                        .formatted(model, asked, leastMebibytes, leastMebibytes),
                leastMebibytes << 20);
    }
}
