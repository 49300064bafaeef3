package dev.snug;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** CONTRIBUTING.md's rules that a machine can check. The oracle is the text of the project. */
final class TidyTest {
    private static final Path ROOT = Path.of(System.getProperty("snug.root", ".."));
    private static final int FILE_LINES_MAX = 300;
    private static final int METHOD_LINES_MAX = 70;
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)#:\\s]+)(#[^)]*)?\\)");
    private static final Pattern BACKTICKED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]+[a-z][A-Za-z0-9]*");
    private static final Pattern PACKAGE = Pattern.compile("(dev\\.snug(\\.[a-z]+)+)");
    private static final Pattern FOLDER = Pattern.compile("[a-z.]+(/[A-Za-z.-]+)*/");
    private static final List<String> BANNED_TYPE_WORDS = List.of("Helper", "Util", "Manager");
    private static final Pattern SKIPPED =
            Pattern.compile("@(Disabled|Ignore)\\b|assumeTrue\\(false\\)|\\bTODO\\b|\\bFIXME\\b");

    @Test
    void everyJavaFileIsFormatted() throws Exception {
        Formatter formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(JavaFormatterOptions.Style.AOSP)
                                .build());
        List<String> unformatted = new ArrayList<>();
        for (Path file : sources(".java")) {
            String text = Files.readString(file);
            if (!formatter.formatSourceAndFixImports(text).equals(text)) {
                unformatted.add(ROOT.relativize(file).toString());
            }
        }
        assertThat(unformatted).as("run `make format`").isEmpty();
    }

    @Test
    void filesAndMethodsAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources(".java")) {
            long lines = Files.readString(file).lines().count();
            if (lines > FILE_LINES_MAX) {
                tooLong.add(ROOT.relativize(file) + ": " + lines + " lines");
            }
        }
        tooLong.addAll(longMethods(sources(".java")));
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noTypeIsAHeapOfUnrelatedThings() throws IOException {
        assertThat(sources(".java"))
                .noneMatch(
                        file ->
                                BANNED_TYPE_WORDS.stream()
                                        .anyMatch(file.getFileName().toString()::contains));
    }

    @Test
    void noTestIsSkippedAndNothingIsLeftForLater() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(".java")) {
            if (!file.endsWith("TidyTest.java") && SKIPPED.matcher(Files.readString(file)).find()) {
                found.add(ROOT.relativize(file).toString());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPageHasOneTitleAndItsLinksResolve() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path page : sources(".md")) {
            String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
            if (text.lines().filter(line -> line.startsWith("# ")).count() != 1) {
                faults.add(ROOT.relativize(page) + ": not exactly one title");
            }
            Matcher link = LINK.matcher(text);
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    faults.add(ROOT.relativize(page) + ": no " + link.group(1));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everythingThatTheArchitecturePageNamesExists() throws IOException {
        String page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        Set<String> types = new TreeSet<>();
        Set<String> packages = new TreeSet<>();
        for (Path file : sources(".java")) {
            types.add(file.getFileName().toString().replace(".java", ""));
            Matcher declared =
                    Pattern.compile("(?m)^package (\\S+);").matcher(Files.readString(file));
            if (declared.find()) {
                packages.add(declared.group(1));
            }
        }
        List<String> missing = new ArrayList<>();
        BACKTICKED
                .matcher(page.replaceAll("(?s)```.*?```", ""))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !exists(name, types, packages))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
        assertThat(page.lines().count()).isLessThanOrEqualTo(250);
    }

    private static boolean exists(String name, Set<String> types, Set<String> packages) {
        if (PACKAGE.matcher(name).matches()) {
            return packages.contains(name);
        }
        if (FOLDER.matcher(name).matches()) {
            return Files.isDirectory(ROOT.resolve(name));
        }
        return !TYPE.matcher(name).matches() || types.contains(name);
    }

    private static List<String> longMethods(List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new MethodLengths(unit, positions, found).scan(unit, null);
            }
        }
        return found;
    }

    /** Every file of the project with this ending, build output and hidden folders left out. */
    private static List<Path> sources(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(path -> path.toString().endsWith(ending))
                    .filter(
                            path -> {
                                String inside = "/" + ROOT.relativize(path);
                                return !inside.contains("/target/")
                                        && !inside.contains("/build/")
                                        && !inside.contains("/.");
                            })
                    .sorted()
                    .toList();
        }
    }

    private static final class MethodLengths extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        MethodLengths(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            if (last - first + 1 > METHOD_LINES_MAX) {
                found.add(unit.getSourceFile().getName() + ":" + first + " " + method.getName());
            }
            return super.visitMethod(method, null);
        }
    }
}
