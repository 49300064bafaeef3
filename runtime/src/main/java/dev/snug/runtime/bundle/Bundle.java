package dev.snug.runtime.bundle;

import dev.snug.runtime.bundle.Manifest.FileEntry;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A model folder that was found whole: its manifest, and files that are what the manifest says.
 *
 * <p>Opening checks every file: it is regular, no link, and of the listed size. Files up to {@link
 * #SMALL_BYTES} (the graphs) are hashed each time; larger ones (the weights) when the {@link Stamp}
 * does not vouch for them. In a folder that cannot be written the stamp cannot be renewed: then the
 * weights are hashed at each opening, because a slow start is better than a wrong answer.
 */
public final class Bundle {
    /** Files up to this size in bytes are hashed at every opening; 31 CPU ms in a cold JVM. */
    public static final long SMALL_BYTES = 1 << 20;

    static final String OPTIMIZED = "optimized-";
    private static final String REMEDY = "Install the model again";

    private final Path folder;
    private final @Nullable String identity;
    private final Manifest manifest;
    private final String manifestSha256;

    private Bundle(Path folder, @Nullable String identity, byte[] manifestText) {
        this.folder = folder;
        this.identity = identity;
        this.manifest =
                ManifestJson.read(manifestText, folder.resolve(Manifest.FILE_NAME).toString());
        this.manifestSha256 = Checksum.of(manifestText);
    }

    /**
     * Opens and checks the model in {@code folder}.
     *
     * @throws BundleException when anything is not as its manifest says
     */
    public static Bundle open(Path folder) {
        Bundle bundle = glance(folder);
        bundle.check(false, Progress.NONE);
        return bundle;
    }

    /** Opens the model in {@code folder} and checks all but the content of its files. */
    static Bundle glance(Path folder) {
        try {
            Path real = folder.toRealPath();
            String identity = identity(real);
            Path manifest = real.resolve(Manifest.FILE_NAME);
            Bundle bundle =
                    new Bundle(
                            real,
                            identity,
                            BoundedFile.read(manifest, JsonLimits.MANIFEST.bytes()));
            for (String name : bundle.manifest.files().keySet()) {
                bundle.file(name);
            }
            return bundle;
        } catch (IOException e) {
            throw BundleException.of("open the model in " + folder, folder, e);
        }
    }

    /** What the folder holds. */
    public Manifest manifest() {
        return manifest;
    }

    /** The folder itself, free of links: all files of the model lie directly in it. */
    public Path folder() {
        return folder;
    }

    /** SHA-256 of the manifest, which names this very state of the model, 64 hex digits. */
    public String manifestSha256() {
        return manifestSha256;
    }

    /**
     * The path of the file {@code name}, which is there, regular and of the listed size.
     *
     * @throws BundleException when it is not, or when the model was replaced since it was opened
     */
    public Path file(String name) {
        FileEntry entry = manifest.files().get(name);
        if (entry == null) {
            throw new BundleException(
                    "model " + manifest.name() + " has no file " + Json.quoted(name));
        }
        requireCurrent();
        Path file = folder.resolve(name);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new BundleException(
                        file + " is not a regular file; a model holds no links or folders");
            }
            if (attributes.size() != entry.bytes()) {
                throw new BundleException(
                        file
                                + " has "
                                + attributes.size()
                                + " bytes; its manifest says "
                                + entry.bytes()
                                + ". "
                                + REMEDY);
            }
            return file;
        } catch (IOException e) {
            throw BundleException.of("use model " + manifest.name(), file, e);
        }
    }

    /**
     * Hashes every file again, whatever was noted before.
     *
     * @throws BundleException when a file is not what the manifest says
     */
    public void verify(Progress progress) {
        check(true, progress);
    }

    /**
     * The copy of this model that was laid out anew for one kind of machine.
     *
     * @param key the machine, such as {@code ort1.29.0-x86_64-avx2}
     * @return empty when there is none, and when the one there is broken or was made from another
     *     state of the model: a copy is a cache, and is made again
     */
    public Optional<Bundle> optimized(String key) {
        Path copy = new FolderSwap(Disk.REAL, folder, optimizedName(key)).visible();
        if (!Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(copy)).filter(this::isSourceOf);
        } catch (BundleException e) {
            return Optional.empty();
        }
    }

    /** Name of the sub-folder for {@code key}. */
    static String optimizedName(String key) {
        return OPTIMIZED + Names.key(key);
    }

    /** Checks that the folder is still the one that was opened, but for what was measured since. */
    void requireCurrent() {
        if (!Objects.equals(identity(folder), identity) && !isSameButMeasured()) {
            throw new BundleException(
                    "model "
                            + manifest.name()
                            + " was removed or replaced while it was open; open it again");
        }
    }

    /**
     * What tells the model now in {@code folder} from any other that was or will be there: inode
     * and time of its manifest, which is never changed in place. Null when there is none.
     */
    static @Nullable String identity(Path folder) {
        try {
            BasicFileAttributes manifest =
                    Files.readAttributes(
                            folder.resolve(Manifest.FILE_NAME), BasicFileAttributes.class);
            return manifest.fileKey() + " " + manifest.lastModifiedTime();
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether nothing but measurements was added: graphs and weights are untouched by that. */
    private boolean isSameButMeasured() {
        try {
            Path file = folder.resolve(Manifest.FILE_NAME);
            byte[] text = BoundedFile.read(file, JsonLimits.MANIFEST.bytes());
            Manifest now = ManifestJson.read(text, file.toString());
            return now.withMeasured(Measured.NONE).equals(manifest.withMeasured(Measured.NONE));
        } catch (IOException | BundleException e) {
            return false;
        }
    }

    private boolean isSourceOf(Bundle copy) {
        return copy.manifest.sourceSha256().equals(manifestSha256);
    }

    private void check(boolean everything, Progress progress) {
        long total = manifest.totalBytes();
        try {
            Stamp stamp = Stamp.read(folder);
            boolean renew = false;
            long before = 0;
            for (Map.Entry<String, FileEntry> listed : manifest.files().entrySet()) {
                Path file = file(listed.getKey());
                FileEntry entry = listed.getValue();
                boolean vouched = stamp.covers(file, entry);
                if (everything || entry.bytes() <= SMALL_BYTES || !vouched) {
                    long start = before;
                    requireContent(file, entry, done -> progress.advanced(start + done, total));
                }
                renew |= !vouched;
                before += entry.bytes();
            }
            if (renew) {
                tryStamp();
            }
        } catch (IOException e) {
            throw BundleException.of("check model " + manifest.name(), folder, e);
        }
    }

    private void requireContent(Path file, FileEntry expected, LongConsumer done)
            throws IOException {
        FileEntry found = Checksum.of(file, done);
        if (!found.equals(expected)) {
            throw new BundleException(
                    file
                            + " is not the file that was installed: "
                            + found.bytes()
                            + " bytes with SHA-256 "
                            + found.sha256()
                            + ", its manifest says "
                            + expected.bytes()
                            + " bytes with "
                            + expected.sha256()
                            + ". "
                            + REMEDY);
        }
    }

    /** Notes that all files were found whole; where that cannot be written, the next one hashes. */
    private void tryStamp() throws IOException {
        try {
            Stamp.write(folder, manifest.files());
        } catch (BundleException e) {
            return;
        }
    }
}
