package dev.snug.speech.f5;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.schedule.Schedule;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of {@link StepGraph} for the steps of one schedule, direct and read in place.
 *
 * <p>Rows of times that were foreseen at import are mapped from the bundle's table, 0.5 MB each at
 * F5 base. Those of another schedule are computed {@link #GROUP} at a time when they are needed, by
 * a session that is closed before the step begins: the weights of the graph, 562 MB at F5 base, are
 * mapped only meanwhile. Not for several threads at once.
 */
final class StepRows implements AutoCloseable {
    /** Rows computed and kept at once: 9 MB at F5 base. */
    static final int GROUP = 16;

    /** The grid of F5-TTS: uniform schedules of 1 to 32 steps and EPSS take their times from it. */
    private static final int PARTS = 32;

    private final Bundle bundle;
    private final StepTable known;
    private final SessionSettings settings;
    private final float[] times;
    private final Arena arena = Arena.ofShared();
    private final @Nullable MemorySegment table;
    private @Nullable Tensor group;
    private int groupFirst;

    private StepRows(
            Bundle bundle,
            StepTable known,
            SessionSettings settings,
            float[] times,
            boolean isKnown)
            throws IOException {
        this.bundle = bundle;
        this.known = known;
        this.settings = settings;
        this.times = times;
        this.table = isKnown ? table(bundle, known, arena) : null;
    }

    /**
     * The rows for the steps of {@code schedule}.
     *
     * @param settings of the session that computes rows which are not in the table
     */
    static StepRows of(
            Bundle bundle, StepTable known, SessionSettings settings, Schedule schedule) {
        float[] times = Arrays.copyOf(schedule.times(), schedule.steps());
        try {
            return new StepRows(bundle, known, settings, times, isKnown(known, schedule));
        } catch (IOException e) {
            throw new BundleException(
                    "cannot map %s of model %s: %s"
                            .formatted(BundleGraphs.TABLE_FILE, bundle.manifest().name(), e),
                    e);
        }
    }

    /** Whether all rows of {@code schedule} are in the table, so that no graph has to make them. */
    static boolean isKnown(StepTable known, Schedule schedule) {
        for (int step = 0; step < schedule.steps(); step++) {
            if (!known.times().contains(schedule.time(step))) {
                return false;
            }
        }
        return true;
    }

    private static MemorySegment table(Bundle bundle, StepTable known, Arena arena)
            throws IOException {
        Path file = bundle.file(BundleGraphs.TABLE_FILE);
        long expected = (long) rowBytes(known) * known.times().size();
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() != expected) {
                throw new IOException(
                        "it has %d bytes, not %d".formatted(channel.size(), expected));
            }
            return channel.map(MapMode.READ_ONLY, 0, expected, arena);
        }
    }

    /** The row of step {@code step}, usable until the next call or the end. */
    Tensor row(int step) {
        int bytes = rowBytes(known);
        if (table != null) {
            long row = known.times().indexOf(times[step]);
            return new Tensor(
                    ElementType.FLOAT,
                    Shape.of(known.values()),
                    table.asSlice(row * bytes, bytes).asByteBuffer());
        }
        if (group == null || step < groupFirst || step >= groupFirst + GROUP) {
            group = null; // Before the next one is there: one group is in memory.
            groupFirst = step / GROUP * GROUP;
            int last = Math.min(groupFirst + GROUP, times.length);
            group =
                    computed(
                            BundleGraphs.file(bundle, BundleGraphs.STEPS),
                            settings,
                            Arrays.copyOfRange(times, groupFirst, last));
        }
        return StepGraph.row(group, step - groupFirst);
    }

    private static Tensor computed(Path graph, SessionSettings settings, float... times) {
        try (Session session = Session.open(graph, settings);
                Session.Lease lease = session.acquire()) {
            return Direct.copy(
                    Direct.only(
                            lease.run(
                                    Map.of(StepGraph.SINUSOIDS, StepGraph.sinusoids(times)),
                                    Set.of(StepGraph.TABLE))));
        }
    }

    /** The times of every schedule that F5-TTS itself takes, in rising order. */
    static List<Float> foreseen() {
        List<Float> times = new ArrayList<>();
        for (float time : Arrays.copyOf(Schedule.uniform(PARTS, Schedule.SWAY).times(), PARTS)) {
            times.add(time);
        }
        return times;
    }

    /** Writes the table of {@code times} to {@code file}, which is new, by the graph at hand. */
    static void write(Path graph, List<Float> times, Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int first = 0; first < times.size(); first += GROUP) {
                float[] some = new float[Math.min(GROUP, times.size() - first)];
                for (int i = 0; i < some.length; i++) {
                    some[i] = times.get(first + i);
                }
                ByteBuffer rows = computed(graph, SessionSettings.MAPPED, some).bytes();
                while (rows.hasRemaining()) {
                    channel.write(rows.order(ByteOrder.LITTLE_ENDIAN));
                }
            }
            channel.force(true);
        }
    }

    private static int rowBytes(StepTable known) {
        return Math.multiplyExact(known.values(), Float.BYTES);
    }

    @Override
    public void close() {
        arena.close();
    }
}
