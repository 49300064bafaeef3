package dev.snug.runtime.job;

import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.budget.Gate;
import dev.snug.runtime.budget.Limit;
import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.limit.Headroom;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.limit.Observation;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.plan.StageGate;
import dev.snug.runtime.plan.Workload;
import dev.snug.runtime.session.Placement;

import java.util.Optional;

/**
 * The accounts under the memory limit of this process, in which its work reserves; to be closed
 * when all of it was given back.
 */
public final class MemoryBudget implements AutoCloseable {
    private static final Limit NO_DEVICE = new Limit(0, "a machine with an accelerator");

    private final ProcessAccounts accounts;
    private final Placement placement;

    private MemoryBudget(ProcessAccounts accounts, Placement placement) {
        this.accounts = accounts;
        this.placement = placement;
    }

    /**
     * Accounts under {@code limit}, with the heap that Java was started with.
     *
     * @throws dev.snug.runtime.budget.BudgetException when Java and its heap alone are too much
     */
    public static MemoryBudget open(MemoryLimit limit) {
        return open(limit, Placement.CPU);
    }

    /**
     * The same for a process that computes at {@code placement}. What it holds on a device has an
     * account of its own; the process's is charged as if the processor computed, because copies
     * pass through it and the processor may have to take over.
     *
     * @throws dev.snug.runtime.budget.BudgetException when Java and its heap alone are too much
     */
    public static MemoryBudget open(MemoryLimit limit, Placement placement) {
        return new MemoryBudget(
                ProcessAccounts.open(
                        new Limit(limit.bytes(), MemoryLimit.OPTION),
                        new Limit(Runtime.getRuntime().maxMemory(), "SNUG_HEAP_MAX"),
                        device(placement),
                        Demand.JAVA_FLOOR,
                        Gate.OPEN),
                placement);
    }

    /** Nothing that can be read cheaply says how much all devices have: unbounded where unsaid. */
    private static Limit device(Placement placement) {
        if (!placement.hasDeviceMemory()) {
            return NO_DEVICE;
        }
        long bytes = placement.wish().deviceMemory().map(MemorySize::bytes).orElse(Long.MAX_VALUE);
        return new Limit(bytes, ProviderWish.DEVICE_MEMORY);
    }

    /** Lets stages begin whose memory can be reserved, on the device too where one computes. */
    public StageGate gate() {
        StageGate process = StageGate.of(accounts);
        return demand -> {
            StageGate.Pass pass = process.enter(demand);
            try {
                Optional<Reservation> device = onDevice(demand);
                return () -> {
                    device.ifPresent(Reservation::close);
                    pass.close();
                };
            } catch (RuntimeException e) {
                pass.close();
                throw e;
            }
        };
    }

    private Optional<Reservation> onDevice(Demand demand) {
        if (!placement.hasDeviceMemory()) {
            return Optional.empty();
        }
        Provider provider = placement.provider();
        String what = "stage " + demand.stage();
        try {
            return Optional.of(
                    accounts.of(StandardAccount.DEVICE).reserve(what, demand.deviceBytes()));
        } catch (BudgetException e) {
            if (placement.fallsBack(provider, "hold " + what, e.refusal().message())) {
                return Optional.empty();
            }
            throw e;
        }
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
