package dev.snug.runtime.plan;

import dev.snug.runtime.budget.Account;
import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.plan.Predicted.Part;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lets a stage of a job begin once its memory is reserved, and takes the memory back at its end.
 */
@FunctionalInterface
public interface StageGate {
    /** Lets everything through: nobody set a limit. */
    StageGate OPEN = _ -> () -> {};

    /** The memory of a stage that runs; closing gives it back. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Reserves all that {@code demand} adds, or nothing.
     *
     * @throws BudgetException when it does not fit
     */
    Pass enter(Demand demand);

    /** A gate that reserves in {@code accounts}. */
    static StageGate of(ProcessAccounts accounts) {
        return demand -> reserved(accounts, demand);
    }

    private static Pass reserved(ProcessAccounts accounts, Demand demand) {
        List<Reservation> held = new ArrayList<>();
        Pass pass = () -> held.reversed().forEach(Reservation::close);
        try {
            bytes(demand)
                    .forEach(
                            (kind, bytes) -> {
                                Account account = accounts.of(kind);
                                held.add(account.reserve("stage " + demand.stage(), bytes));
                            });
        } catch (RuntimeException e) {
            pass.close();
            throw e;
        }
        return pass;
    }

    /** {@link Demand#addedBytes}, account by account. */
    static Map<StandardAccount, Long> bytes(Demand demand) {
        Map<StandardAccount, Long> bytes = new EnumMap<>(StandardAccount.class);
        bytes.put(StandardAccount.ORT, Demand.FILES_STAY_BYTES - Demand.JAVA_FILES_STAY_BYTES);
        bytes.put(StandardAccount.WEIGHTS, demand.weightsStayBytes());
        bytes.put(StandardAccount.ACTIVATIONS, 0L);
        for (Part part : demand.predicted().parts()) {
            switch (part.name()) {
                case "Java" -> {}
                case "weights" ->
                        bytes.merge(StandardAccount.WEIGHTS, part.anonymousBytes(), Long::sum);
                case MemoryModel.INPUTS, MemoryModel.ACTIVATIONS ->
                        bytes.merge(StandardAccount.ACTIVATIONS, part.anonymousBytes(), Long::sum);
                default -> bytes.merge(StandardAccount.ORT, part.anonymousBytes(), Long::sum);
            }
        }
        return bytes;
    }
}
