package dev.snug.runtime.job;

import dev.snug.runtime.budget.Gate;
import dev.snug.runtime.budget.Limit;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.limit.Headroom;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.limit.Observation;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.plan.Workload;

import java.util.Optional;

/**
 * The accounts under the memory limit of this process, in which its work reserves; to be closed
 * when all of it was given back.
 */
public final class MemoryBudget implements AutoCloseable {
    private static final Limit NO_DEVICE = new Limit(0, "a machine with an accelerator");

    private final ProcessAccounts accounts;

    private MemoryBudget(ProcessAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Accounts under {@code limit}, with the heap that Java was started with.
     *
     * @throws dev.snug.runtime.budget.BudgetException when Java and its heap alone are too much
     */
    public static MemoryBudget open(MemoryLimit limit) {
        return new MemoryBudget(
                ProcessAccounts.open(
                        new Limit(limit.bytes(), MemoryLimit.OPTION),
                        new Limit(Runtime.getRuntime().maxMemory(), "SNUG_HEAP_MAX"),
                        NO_DEVICE,
                        Demand.JAVA_FLOOR,
                        Gate.OPEN));
    }

    /**
     * The plan of a job of {@code model} under {@code limit}, smaller while memory is tight;
     * weighed only where there is not room for more than any such job takes, because that takes 0.2
     * CPU seconds.
     *
     * @throws DoesNotFitException when there is none that fits
     */
    public static <S> Plan<S> plan(
            String model,
            Workload<S> workload,
            Prefer prefer,
            MemoryLimit limit,
            Observation seen) {
        long now = Headroom.once(limit, seen);
        Optional<Plan<S>> ample = Planner.ample(workload, prefer, now);
        return ample.orElseGet(() -> weighed(model, workload, prefer, limit, seen));
    }

    /** The same, weighed in any case, for those who want to see why. */
    public static <S> Plan<S> weighed(
            String model,
            Workload<S> workload,
            Prefer prefer,
            MemoryLimit limit,
            Observation seen) {
        long now = Headroom.once(limit, seen);
        Plan<S> plan = Planner.plan(workload, prefer, now);
        if (!plan.isFeasible() && now < limit.bytes()) {
            // Tight, but allowed: what does not go smaller is not refused for it.
            plan = Planner.plan(workload, prefer, limit.bytes());
        }
        if (!plan.isFeasible()) {
            throw DoesNotFitException.of(model, limit, plan);
        }
        return plan;
    }

    /** The accounts. */
    public ProcessAccounts accounts() {
        return accounts;
    }

    /**
     * Ends the accounts.
     *
     * @throws dev.snug.runtime.budget.LedgerException when something was not given back
     */
    @Override
    public void close() {
        accounts.close();
    }
}
