package dev.snug.runtime.bundle;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What makes a new file or folder its owner's alone. Windows has no such permissions: there a file
 * has those of the folder around it, and below a user's own folder nobody else has any.
 */
public final class OwnerAlone {
    private OwnerAlone() {}

    /** For a folder at {@code place}: 0700. */
    public static FileAttribute<?>[] folder(Path place) {
        return attributes(place, "rwx------");
    }

    /** For a file at {@code place}: 0600. */
    public static FileAttribute<?>[] file(Path place) {
        return attributes(place, "rw-------");
    }

    private static FileAttribute<?>[] attributes(Path place, String permissions) {
        return hasPermissions(place)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Whether {@code place} lies on a system with owners, groups and others, as POSIX has them. */
    static boolean hasPermissions(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
