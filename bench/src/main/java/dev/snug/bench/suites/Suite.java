package dev.snug.bench.suites;

import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.shape.ShapeInference;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.FolderTree;
import dev.snug.runtime.bundle.Progress;
import dev.snug.speech.sound.SoundReader;
import dev.snug.speech.text.book.Book;
import dev.snug.speech.text.book.BookException;
import dev.snug.speech.text.book.BookFile;
import dev.snug.speech.vietvoice.ArchiveImport;
import dev.snug.vision.keras.file.KerasArchive;
import dev.snug.vision.keras.file.KerasException;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** The files of one kind, and what of Snug reads such files when a user hands them over. */
enum Suite {
    /** Pictures, in every format that commons-imaging tests. */
    PICTURES(20) {
        @Override
        void read(Path file, Path scratch) {
            long heap = Runtime.getRuntime().maxMemory();
            PictureDecoder.within(PictureLimits.inHeap(heap, 0)).decode(file);
        }
    },

    /** Recordings: SciPy's WAV files. */
    SOUNDS(50) {
        @Override
        void read(Path file, Path scratch) throws IOException {
            SoundReader.read(file, SECONDS_MAX);
        }
    },

    /** What commons-compress tests: as a book, a Keras model, and an archive of VietVoice-TTS. */
    ARCHIVES(2) {
        @Override
        void read(Path file, Path scratch) throws IOException {
            Path book = scratch.resolve("book.epub");
            Files.copy(file, book, StandardCopyOption.REPLACE_EXISTING);
            try {
                BookFile.read(book).chapters().stream()
                        .flatMap(chapter -> chapter.parts().stream())
                        .forEach(Book.Part::text);
            } catch (BookException e) {
                Verdict.requireClear(e);
            }
            try {
                KerasArchive.open(file, scratch).close();
            } catch (KerasException e) {
                Verdict.requireClear(e);
            }
            BundleStore store = new BundleStore(scratch.resolve("home"));
            try {
                ArchiveImport.run(
                        new ArchiveImport.Request(file, "suite", "suite", null),
                        store,
                        "suite",
                        Progress.NONE);
                throw new AssertionError("no file of this suite is a voice, and one was imported");
            } catch (BundleException e) {
                try (var left = Files.list(scratch.resolve("home/models"))) {
                    if (left.findAny().isPresent()) {
                        throw new AssertionError("a refused archive left files behind", e);
                    }
                }
                throw e;
            } finally {
                FolderTree.delete(scratch.resolve("home"));
            }
        }
    },

    /** Graphs: the models of the onnx package's own tests. */
    GRAPHS(1) {
        @Override
        void read(Path file, Path scratch) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                ShapeInference.infer(ModelReader.read(file, arena));
            }
        }
    };

    /** As long as a recording may be that somebody gives. */
    private static final double SECONDS_MAX = 30;

    /** Damaged forms of each file. */
    final int mutants;

    Suite(int mutants) {
        this.mutants = mutants;
    }

    /** Reads {@code file} as the product does; {@code scratch} is an empty folder for it. */
    abstract void read(Path file, Path scratch) throws IOException;

    /** Its folder below the folder that {@code prepare} fills. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
