package dev.snug.runtime.session;

import dev.snug.runtime.device.ProviderException;
import dev.snug.runtime.device.ProviderWish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with another build of ONNX Runtime, such as one for a GPU. Its classes are Snug's own,
 * so the build must be of the same version.
 */
final class EngineLibrary {
    /** What ONNX Runtime's Java looks for its libraries with; the launcher sets it too. */
    static final String PROPERTY = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private EngineLibrary() {}

    /**
     * Has the process use the build in {@code folder}; loads nothing yet.
     *
     * @throws ProviderException when the folder lacks a library, or another build is loaded
     */
    static void use(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        for (String library : LIBRARIES) {
            // Java 9 and later call a JNI library of macOS .dylib, as ONNX Runtime does.
            String file = System.mapLibraryName(library);
            if (!Files.isRegularFile(absolute.resolve(file))) {
                throw new ProviderException(
                        "%s %s: there is no %s in it; name the folder with %s and %s, as the jar of a build has them below ai/onnxruntime/native"
                                .formatted(
                                        ProviderWish.ENGINE_LIBRARY,
                                        folder,
                                        file,
                                        System.mapLibraryName(LIBRARIES.getFirst()),
                                        System.mapLibraryName(LIBRARIES.getLast())));
            }
        }
        String before = System.getProperty(PROPERTY, "");
        boolean isOther =
                before.isEmpty() || !Path.of(before).toAbsolutePath().normalize().equals(absolute);
        if (isOther && Engine.isStarted()) {
            throw new ProviderException(
                    "%s %s: this process has loaded another ONNX Runtime already"
                            .formatted(ProviderWish.ENGINE_LIBRARY, folder));
        }
        System.setProperty(PROPERTY, absolute.toString());
    }
}
