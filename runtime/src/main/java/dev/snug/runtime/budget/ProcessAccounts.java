package dev.snug.runtime.budget;

import java.util.EnumMap;
import java.util.Map;

/**
 * The tree of {@link StandardAccount}s of one process, with what it cannot do without reserved.
 *
 * <p>It is one instance a process, made before the first large allocation and closed after the last
 * reservation was given back.
 */
public final class ProcessAccounts implements AutoCloseable {
    /** Name of the root that counts the process's memory. */
    public static final String MEMORY = "memory";

    /**
     * 8 MiB of the heap for what nobody reserves: the young generation, 4 MiB with the launcher's
     * flags, and the program's own objects. {@code snug normalize} had touched 7 to 8 MiB of heaps
     * of 32 and 224 MiB.
     */
    public static final long HEAP_OWN_BYTES = 8L << 20;

    private final Account memory;
    private final Account device;
    private final Map<StandardAccount, Account> accounts = new EnumMap<>(StandardAccount.class);
    private final Reservation jvmStays;
    private final Reservation jvmMapped;
    private final Reservation heapOwn;

    private ProcessAccounts(Limit limit, Limit heap, Limit deviceLimit, JvmFloor floor, Gate gate) {
        memory = Account.root(MEMORY, limit, gate);
        device = Account.root(StandardAccount.DEVICE.accountName(), deviceLimit, gate);
        // Before anything else, so that a limit below it is refused as what it is.
        Account jvm = memory.child(StandardAccount.JVM.accountName());
        jvmStays = jvm.reserve("what the Java machine cannot give up", floor.stayBytes());
        jvmMapped = jvm.reserve("files that the Java machine maps", floor.mappedBytes());
        Account javaHeap = memory.setAside(StandardAccount.HEAP.accountName(), heap);
        heapOwn = javaHeap.reserve("objects of the program itself", HEAP_OWN_BYTES);
        for (StandardAccount kind : StandardAccount.values()) {
            accounts.put(
                    kind,
                    switch (kind) {
                        case JVM -> jvm;
                        case HEAP -> javaHeap;
                        case DEVICE -> device;
                        case PICTURES, AUDIO, CACHES -> javaHeap.child(kind.accountName());
                        case ORT, WEIGHTS, ACTIVATIONS, WORKERS -> memory.child(kind.accountName());
                    });
        }
    }

    /**
     * The accounts of a process.
     *
     * @param limit of its memory
     * @param heap the Java heap's maximum, as the Java machine was started with
     * @param device memory of an accelerator; 0 bytes where there is none
     * @param floor what the Java machine holds beside the heap
     * @param gate may refuse what the limits allow
     * @throws BudgetException when {@code limit} has no room for the Java machine and its heap, or
     *     the heap none for the program itself
     */
    public static ProcessAccounts open(
            Limit limit, Limit heap, Limit device, JvmFloor floor, Gate gate) {
        return new ProcessAccounts(limit, heap, device, floor, gate);
    }

    /** The account of {@code kind}. */
    public Account of(StandardAccount kind) {
        Account account = accounts.get(kind);
        if (account == null) {
            throw new IllegalStateException("there is no account for " + kind);
        }
        return account;
    }

    /** The root that counts the process's memory. */
    public Account memory() {
        return memory;
    }

    /**
     * Ends all accounts. A second call does nothing.
     *
     * @throws LedgerException when anything but the process's own needs is still reserved
     */
    @Override
    public void close() {
        heapOwn.close();
        jvmMapped.close();
        jvmStays.close();
        try {
            memory.close();
        } finally {
            device.close();
        }
    }
}
