package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.AutoComplete;
import picocli.CommandLine;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Rewriting picocli. The oracles are the JVM's own verifier and picocli's own answers. */
final class OldClassFilesTest {
    @TempDir private Path folder;

    private Path original;
    private Path jar;

    @BeforeEach
    void copy() throws Exception {
        original =
                Path.of(
                        CommandLine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        jar = Files.copy(original, folder.resolve("picocli.jar"));
    }

    @Test
    void everyClassIsNewEnoughForTheCacheAndNothingIsLost() throws Exception {
        assertThat(OldClassFiles.upgrade(jar)).isGreaterThan(100);

        try (JarFile before = new JarFile(original.toFile());
                JarFile after = new JarFile(jar.toFile())) {
            List<String> names = names(before);
            assertThat(names(after)).containsExactlyElementsOf(names);
            for (String name : names) {
                if (name.endsWith(".class")) {
                    ClassModel old = model(before, name);
                    ClassModel made = model(after, name);
                    assertThat(made.majorVersion()).as(name).isGreaterThanOrEqualTo(50);
                    assertThat(made.methods()).as(name).hasSameSizeAs(old.methods());
                    assertThat(made.fields()).as(name).hasSameSizeAs(old.fields());
                }
            }
        }
    }

    private static List<String> names(JarFile file) {
        return file.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
    }

    private static ClassModel model(JarFile file, String name) throws Exception {
        try (InputStream in = file.getInputStream(file.getEntry(name))) {
            return ClassFile.of().parse(in.readAllBytes());
        }
    }

    @Test
    void theVerifierTakesEveryClassAndPicocliWorks() throws Exception {
        OldClassFiles.upgrade(jar);

        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, platform);
                JarFile file = new JarFile(jar.toFile())) {
            for (String name : names(file)) {
                if (name.startsWith("picocli/CommandLine") && name.endsWith(".class")) {
                    // Initialising links a class, and linking verifies it.
                    Class.forName(name.replace('/', '.').replace(".class", ""), true, loader);
                }
            }
            Class<?> main = loader.loadClass("picocli.AutoComplete");
            Class<?> commandLine = loader.loadClass("picocli.CommandLine");
            Class<?> spec = loader.loadClass("picocli.CommandLine$Model$CommandSpec");
            Object command =
                    commandLine
                            .getConstructor(Object.class)
                            .newInstance(spec.getMethod("create").invoke(null));
            Object script =
                    main.getMethod("bash", String.class, commandLine).invoke(null, "x", command);
            assertThat(script)
                    .isEqualTo(
                            AutoComplete.bash(
                                    "x", new CommandLine(CommandLine.Model.CommandSpec.create())));
        }
    }

    @Test
    void aJarThatIsNewEnoughKeepsItsDate() throws Exception {
        OldClassFiles.upgrade(jar);
        FileTime date = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(jar, date);

        assertThat(OldClassFiles.upgrade(jar)).isZero();
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(date);
    }
}
