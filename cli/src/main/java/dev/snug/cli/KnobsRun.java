package dev.snug.cli;

import dev.snug.cli.knobs.Conditions;
import dev.snug.cli.knobs.Findings;
import dev.snug.cli.knobs.KnobReport;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.measure.Machine;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.session.Engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The knob report from the names of models to its figures, with all that lies in between. */
record KnobsRun(Surroundings surroundings, MeasureOptions options, @Nullable Integer runs) {
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    KnobReport measure(List<String> names) throws IOException {
        BundleStore store = surroundings.store();
        List<Manifest> models = names.stream().map(name -> store.open(name).manifest()).toList();
        Conditions conditions = conditions();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (ScratchFolder scratch = ScratchFolder.in(temporary);
                SharedMemory shared = SharedMemory.open();
                CleanEnd _ = CleanEnd.deleting(shared.beside(scratch));
                ProgressLine line = new ProgressLine(surroundings)) {
            KnobMeasuring measuring =
                    new KnobMeasuring(
                            surroundings, options, runs, scratch.path(), shared.path(), line);
            List<Findings> all = new ArrayList<>();
            for (Manifest model : models) {
                all.add(measuring.measure(model));
            }
            return new KnobReport(conditions, all);
        }
    }

    /**
     * Processes that wanted a core over the last minute; negative where the system does not tell.
     */
    private static double load() {
        try {
            return Double.parseDouble(Files.readString(LOAD).split(" ", 2)[0]);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private static Conditions conditions() {
        Machine machine = Probe.ofThisMachine().machine();
        return new Conditions(
                LocalDate.now(ZoneOffset.UTC),
                Version.PROGRAM,
                machine.cpuModel(),
                machine.instructionSet().key(),
                machine.cores(),
                machine.physicalBytes().orElse(0),
                load(),
                System.getProperty("java.version"),
                Engine.version());
    }

    /** A folder in /dev/shm; none where that is not there or may not be written. */
    private record SharedMemory(@Nullable ScratchFolder folder) implements AutoCloseable {
        /** Both folders, or the other alone. */
        List<ScratchFolder> beside(ScratchFolder other) {
            return folder == null ? List.of(other) : List.of(other, folder);
        }

        static SharedMemory open() {
            try {
                return new SharedMemory(
                        Files.isDirectory(SHARED_MEMORY) ? ScratchFolder.in(SHARED_MEMORY) : null);
            } catch (IOException e) {
                return new SharedMemory(null);
            }
        }

        @Nullable Path path() {
            return folder == null ? null : folder.path();
        }

        @Override
        public void close() throws IOException {
            if (folder != null) {
                folder.close();
            }
        }
    }
}
