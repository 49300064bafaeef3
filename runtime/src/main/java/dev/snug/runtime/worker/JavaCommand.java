package dev.snug.runtime.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a Java process is started from: the same JDK, classes and cache as the running one, so that
 * the kernel shares their pages.
 *
 * @param java the {@code java} program
 * @param classPath jars and folders; as it stands in the running process, because an AOT cache
 *     belongs to one class path
 * @param aotCache the AOT cache that the launcher named for workers, else the one that the running
 *     process was started with
 * @param nativePath folder of ONNX Runtime's native library; without it each process extracts 28 MB
 *     into the temporary folder
 * @param prlimit the {@code prlimit} program of util-linux, which limits a process's native memory
 */
public record JavaCommand(
        Path java,
        String classPath,
        Optional<Path> aotCache,
        Optional<String> nativePath,
        Optional<Path> prlimit) {
    static final String NATIVE_PATH = "onnxruntime.native.path";
    private static final String AOT_CACHE = "-XX:AOTCache=";

    /** Where the launcher says that workers have a cache of their own. */
    static final String WORKER_AOT_CACHE = "snug.worker.aot";

    /** Where distributions put it; PATH is not asked, because it may hold anything. */
    static final List<Path> PRLIMIT_PLACES =
            List.of(Path.of("/usr/bin/prlimit"), Path.of("/bin/prlimit"));

    /** That of the running process. */
    public static JavaCommand ofThisProcess() {
        String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
        return of(name -> System.getProperty(name, ""), List.of(arguments), Files::isExecutable);
    }

    /**
     * That of a process.
     *
     * @param property a system property by name, empty when unset
     * @param arguments the process's command line; where the system does not tell it, the worker
     *     starts without an AOT cache, which is slower and right
     */
    static JavaCommand of(
            UnaryOperator<String> property, List<String> arguments, Predicate<Path> isExecutable) {
        String nativePath = property.apply(NATIVE_PATH);
        return new JavaCommand(
                Path.of(property.apply("java.home"), "bin", "java"),
                property.apply("java.class.path"),
                aotCache(property.apply(WORKER_AOT_CACHE), arguments),
                nativePath.isEmpty() ? Optional.empty() : Optional.of(nativePath),
                PRLIMIT_PLACES.stream().filter(isExecutable).findFirst());
    }

    /** All of a cache becomes resident, so a worker's own, without its parent's classes, counts. */
    private static Optional<Path> aotCache(String ofWorkers, List<String> arguments) {
        if (!ofWorkers.isEmpty()) {
            return Optional.of(Path.of(ofWorkers));
        }
        return arguments.stream()
                .filter(argument -> argument.startsWith(AOT_CACHE))
                .reduce((first, last) -> last)
                .map(argument -> Path.of(argument.substring(AOT_CACHE.length())));
    }

    /** The same with other classes, and so without a cache. */
    public JavaCommand withClassPath(List<Path> entries) {
        String joined =
                String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
        return new JavaCommand(java, joined, Optional.empty(), nativePath, prlimit);
    }

    /** The same on a machine without {@code prlimit}. */
    public JavaCommand withoutPrlimit() {
        return new JavaCommand(java, classPath, aotCache, nativePath, Optional.empty());
    }
}
