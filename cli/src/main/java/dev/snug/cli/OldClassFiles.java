package dev.snug.cli;

import dev.snug.runtime.bundle.WholeFile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.DeadCodeOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites the classes of a jar that are too old for the AOT cache.
 *
 * <p>JDK 25 keeps no class whose file has a version below 50 in a cache of linked classes: it would
 * need the verifier that works without stack maps. picocli is compiled for Java 5 (version 49), so
 * its 180 classes that each start uses were read from the jar, parsed and verified, each time. The
 * rewritten ones have version 52, stack maps, and the same instructions.
 */
public final class OldClassFiles {
    /** First version whose classes are verified with stack maps (JVM specification, 4.10). */
    private static final int STACK_MAPS_SINCE = 50;

    private static final String ENDING = ".class";

    private OldClassFiles() {}

    /**
     * Run by the build.
     *
     * @param jars the files to rewrite in place
     */
    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            upgrade(Path.of(jar));
        }
    }

    /** Rewrites {@code jar} where it holds old classes, and returns how many it held. */
    static int upgrade(Path jar) throws IOException {
        Map<String, byte[]> entries = entries(jar);
        ClassFile classFiles =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(resolver(entries)),
                        StackMapsOption.GENERATE_STACK_MAPS,
                        DeadCodeOption.PATCH_DEAD_CODE);
        int old = 0;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().endsWith(ENDING)) {
                ClassModel model = classFiles.parse(entry.getValue());
                if (model.majorVersion() < STACK_MAPS_SINCE) {
                    entry.setValue(upgraded(classFiles, model));
                    old++;
                }
            }
        }
        // A jar that is as it should be keeps its date: a cache belongs to it.
        if (old > 0) {
            WholeFile.write(
                    jar,
                    out -> {
                        JarOutputStream target = new JarOutputStream(out);
                        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                            target.putNextEntry(new JarEntry(entry.getKey()));
                            target.write(entry.getValue());
                            target.closeEntry();
                        }
                        target.finish();
                    });
        }
        return old;
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (JarFile source = new JarFile(jar.toFile())) {
            for (JarEntry entry : source.stream().filter(found -> !found.isDirectory()).toList()) {
                try (InputStream in = source.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }

    /** Knows the classes of the jar and of the JDK: stack maps need common superclasses. */
    private static ClassHierarchyResolver resolver(Map<String, byte[]> entries) {
        return ClassHierarchyResolver.ofResourceParsing(
                        type -> {
                            String descriptor = type.descriptorString();
                            byte[] found =
                                    entries.get(
                                            descriptor.substring(1, descriptor.length() - 1)
                                                    + ENDING);
                            return found == null ? null : new ByteArrayInputStream(found);
                        })
                .orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static byte[] upgraded(ClassFile classFiles, ClassModel model) {
        ClassTransform transform =
                (builder, element) -> {
                    switch (element) {
                        case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                        // Passed through the builder, or the old code would be copied as it is.
                        case MethodModel method ->
                                builder.transformMethod(
                                        method,
                                        MethodTransform.transformingCode(
                                                (code, instruction) -> code.with(instruction)));
                        default -> builder.with(element);
                    }
                };
        return classFiles.transformClass(model, transform);
    }
}
