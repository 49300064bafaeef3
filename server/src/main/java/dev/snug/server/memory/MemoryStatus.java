package dev.snug.server.memory;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.measure.CgroupMemory;
import dev.snug.runtime.measure.Pressure;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;
import dev.snug.server.answer.ProviderCard;
import dev.snug.server.work.WorkersView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Who holds what, now and in the last five minutes. From many threads at once. */
public final class MemoryStatus {
    private static final double MIB = 1 << 20;

    private final Probe probe;
    private final MemoryLimit limit;
    private final long frontBudgetBytes;
    private final Supplier<Optional<WorkersView>> workers;
    private final Supplier<Optional<ProviderCard>> provider;
    private final MemoryHistory history = new MemoryHistory();

    /**
     * The status of this process and its workers.
     *
     * @param limit of all of them together
     * @param frontBudgetBytes the part of it that this process has
     * @param workers that live now
     * @param provider what computes, once that is known
     */
    public MemoryStatus(
            Probe probe,
            MemoryLimit limit,
            long frontBudgetBytes,
            Supplier<Optional<WorkersView>> workers,
            Supplier<Optional<ProviderCard>> provider) {
        this.probe = probe;
        this.limit = limit;
        this.frontBudgetBytes = frontBudgetBytes;
        this.workers = workers;
        this.provider = provider;
    }

    /** A worker and what it holds. */
    private record Held(WorkersView.Live live, ProcessMemory memory, OptionalLong pssBytes) {}

    /** Looks, and remembers what was seen. */
    public void look() {
        List<Held> held = held();
        remember(held, frontBytes());
    }

    /** Everything, as docs/api.md describes it. */
    public Map<String, @Nullable Object> json() {
        List<Held> held = held();
        OptionalLong front = frontBytes();
        remember(held, front);
        ProcessMemory own = probe.process().orElse(null);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        long rss = own == null ? 0 : own.rssBytes();
        long vms = own == null ? 0 : own.vmSizeBytes();
        for (Held worker : held) {
            rss += worker.memory().rssBytes();
            vms += worker.memory().vmSizeBytes();
        }
        json.put("rss_mb", mebibytes(rss));
        json.put("vms_mb", mebibytes(vms));
        json.put("limit_bytes", limit.bytes());
        json.put("limit_from", limit.explanation());
        json.put("total_pss_bytes", value(total(held, front)));
        json.put("front", own == null ? null : front(own, front));
        json.put("workers", held.stream().map(MemoryStatus::worker).toList());
        json.put("waiting", workers.get().map(WorkersView::waiting).orElse(0));
        json.put("worker_starts", workers.get().map(WorkersView::starts).orElse(0L));
        json.put("cgroup", probe.cgroup().map(MemoryStatus::group).orElse(null));
        json.put("pressure", probe.pressure().map(MemoryStatus::pressure).orElse(null));
        json.put("provider", provider.get().map(MemoryStatus::provider).orElse(null));
        json.put("history", history.json());
        return json;
    }

    /** Front and workers together, pages that they share counted once; 0 where nobody tells. */
    public long totalBytes() {
        return total(held(), frontBytes()).orElse(0);
    }

    /** The limit of all of them. */
    public long limitBytes() {
        return limit.bytes();
    }

    private List<Held> held() {
        List<Held> held = new ArrayList<>();
        for (WorkersView.Live live : workers.get().map(WorkersView::workers).orElse(List.of())) {
            probe.process(live.pid())
                    .ifPresent(
                            memory -> held.add(new Held(live, memory, probe.pssBytes(live.pid()))));
        }
        return held;
    }

    private OptionalLong frontBytes() {
        return probe.pssBytes();
    }

    private void remember(List<Held> held, OptionalLong front) {
        long ofWorkers = 0;
        for (Held worker : held) {
            ofWorkers += worker.pssBytes().orElse(worker.memory().rssBytes());
        }
        history.add(System.nanoTime(), front.orElse(0), ofWorkers, workingSet());
    }

    /** Of a group that is limited: without a limit it holds processes that are not ours. */
    private OptionalLong workingSet() {
        return probe.cgroup()
                .filter(group -> group.limitBytes().isPresent())
                .map(CgroupMemory::workingSetBytes)
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong total(List<Held> held, OptionalLong front) {
        if (front.isEmpty()) {
            return front;
        }
        long total = front.getAsLong();
        for (Held worker : held) {
            if (worker.pssBytes().isEmpty()) {
                return OptionalLong.empty();
            }
            total += worker.pssBytes().getAsLong();
        }
        return OptionalLong.of(total);
    }

    private Map<String, @Nullable Object> front(ProcessMemory own, OptionalLong pss) {
        Runtime java = Runtime.getRuntime();
        Map<String, @Nullable Object> json = process(own, pss);
        json.put("budget_bytes", frontBudgetBytes);
        json.put("heap_used_bytes", java.totalMemory() - java.freeMemory());
        json.put("heap_max_bytes", java.maxMemory());
        return json;
    }

    private static Map<String, @Nullable Object> worker(Held worker) {
        WorkersView.Live live = worker.live();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", live.kind().word());
        json.put("pid", live.pid());
        json.put("state", live.isBusy() ? "busy" : "idle");
        json.put("budget_bytes", live.budgetBytes());
        json.putAll(process(worker.memory(), worker.pssBytes()));
        return json;
    }

    private static Map<String, @Nullable Object> process(ProcessMemory memory, OptionalLong pss) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rss_bytes", memory.rssBytes());
        json.put("anon_bytes", memory.rssAnonBytes());
        json.put("file_bytes", memory.rssFileBytes());
        json.put("pss_bytes", value(pss));
        json.put("peak_bytes", memory.peakRssBytes());
        json.put("vms_bytes", memory.vmSizeBytes());
        return json;
    }

    private static Map<String, @Nullable Object> group(CgroupMemory group) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", group.version());
        json.put("current_bytes", value(group.currentBytes()));
        json.put("limit_bytes", value(group.limitBytes()));
        json.put("peak_bytes", value(group.peakBytes()));
        json.put("inactive_file_bytes", value(group.inactiveFileBytes()));
        json.put("oom_kills", value(group.oomKills()));
        return json;
    }

    private static Map<String, @Nullable Object> provider(ProviderCard card) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("asked", card.asked());
        json.put("used", card.provider());
        json.put("reason", card.reason());
        return json;
    }

    private static Map<String, @Nullable Object> pressure(Pressure pressure) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("some_avg10", pressure.some().avg10Percent());
        json.put("full_avg10", pressure.full().avg10Percent());
        return json;
    }

    private static @Nullable Long value(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }

    private static double mebibytes(long bytes) {
        return Math.round(bytes / MIB * 100) / 100.0;
    }
}
