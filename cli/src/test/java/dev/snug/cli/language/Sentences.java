package dev.snug.cli.language;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The texts that the sources of the product put together, with {@code {1}}, {@code {2}} … for what
 * is filled in: string literals with what is added to them, and formats.
 */
final class Sentences extends TreeScanner<@Nullable Void, @Nullable Void> {
    private static final Path ROOT = Path.of(System.getProperty("snug.root", ".."));
    private static final String HOLE = "\0";
    private static final Pattern SPECIFIER =
            Pattern.compile("%(?:\\d+\\$)?(-?)([0-9]*)[-+0-9.,]*[a-zA-Z]|%%");

    private final Set<String> all = new LinkedHashSet<>();
    private final Set<String> ofExceptions = new LinkedHashSet<>();

    /** Those of all modules but bench, which is no part of the product. */
    static Sentences ofSources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("onnx", "runtime", "vision", "speech", "server", "cli")) {
            try (Stream<Path> found = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        Sentences sentences = new Sentences();
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
            for (CompilationUnitTree unit : task.parse()) {
                sentences.scan(unit, null);
            }
        }
        return sentences;
    }

    /** All, in every form in which a finished line can have them. */
    Set<String> all() {
        return all;
    }

    /** For each text that an exception is made with the forms that a catalogue may have it in. */
    List<Set<String>> ofExceptions() {
        return ofExceptions.stream().map(Sentences::numberedForms).toList();
    }

    private static Set<String> numberedForms(String text) {
        return forms(text)
                .map(Sentences::numbered)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void nothing) {
        if (tree.getIdentifier().toString().endsWith("Exception")
                && !tree.getArguments().isEmpty()) {
            text(tree.getArguments().getFirst())
                    .ifPresent(text -> lines(text).forEach(ofExceptions::add));
        }
        return super.visitNewClass(tree, null);
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree tree, @Nullable Void nothing) {
        text(tree).ifPresent(this::add);
        return super.visitBinary(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void nothing) {
        text(tree).ifPresent(this::add);
        return super.visitMethodInvocation(tree, null);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void nothing) {
        text(tree).ifPresent(this::add);
        return super.visitLiteral(tree, null);
    }

    /** The text of an expression that is one; a cell of a table ends where a width is padded. */
    private static Optional<String> text(ExpressionTree tree) {
        return switch (tree) {
            case LiteralTree literal ->
                    literal.getValue() instanceof String text
                            ? Optional.of(
                                    SPECIFIER
                                            .matcher(text)
                                            .replaceAll(found -> hole(found.group())))
                            : Optional.empty();
            case ParenthesizedTree inner -> text(inner.getExpression());
            case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS -> {
                Optional<String> left = text(sum.getLeftOperand());
                Optional<String> right = text(sum.getRightOperand());
                yield left.isEmpty() && right.isEmpty()
                        ? Optional.empty()
                        : Optional.of(left.orElse(HOLE) + right.orElse(HOLE));
            }
            case MethodInvocationTree call
                    when call.getMethodSelect() instanceof MemberSelectTree method
                            && method.getIdentifier().contentEquals("formatted") ->
                    text(method.getExpression());
            default -> Optional.empty();
        };
    }

    private static String hole(String specifier) {
        return switch (specifier) {
            case "%%" -> "%";
            case "%n" -> "\n";
            default -> {
                boolean isPadded = specifier.matches("%[-+]*[1-9][0-9]*(\\.[0-9]+)?[a-z]");
                yield !isPadded ? HOLE : specifier.contains("-") ? HOLE + "  " : "  " + HOLE;
            }
        };
    }

    private static Stream<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceAll(HOLE + "+", HOLE).strip())
                .filter(line -> !line.isEmpty());
    }

    private void add(String text) {
        lines(text).map(Sentences::numberedForms).forEach(all::addAll);
    }

    /** A line, its cells, and both without what other parts of a line stand before. */
    private static Stream<String> forms(String line) {
        return Stream.concat(Stream.of(line), Stream.of(line.split(" {2,}")))
                .map(form -> form.replaceFirst("^snug: ", ""))
                .flatMap(form -> Stream.of(form, form.replaceFirst("^[,;:.] ", "")))
                .flatMap(form -> Stream.of(form, form.replaceFirst("^" + HOLE + ":? ", "")))
                .flatMap(form -> Stream.of(form, form.replace(HOLE + " " + HOLE, HOLE)))
                .flatMap(form -> Stream.of(form, form + " " + HOLE))
                .flatMap(Sentences::behindOthers)
                .flatMap(Sentences::asLabels);
    }

    /** What is said of a file, or goes on, with what it stands behind in a finished line. */
    private static Stream<String> behindOthers(String form) {
        return switch (form) {
            case String said when said.matches("(is|has|holds|says|changes) .*|\\(.*\\)") ->
                    Stream.of(form, HOLE + " " + form);
            case String more when more.matches("[,;] .*") -> Stream.of(form, HOLE + form);
            default -> Stream.of(form);
        };
    }

    /** A key such as {@code limit_bytes} as {@code snug doctor} shows it. */
    private static Stream<String> asLabels(String form) {
        if (!form.matches("[a-z_]+")) {
            return Stream.of(form);
        }
        String label = form.replace('_', ' ').replace(" bytes", "");
        return Stream.of(form, label, "cpu " + label, "memory " + label);
    }

    static String numbered(String text) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                numbered.append('{').append(++number).append('}');
            } else {
                numbered.append(c);
            }
        }
        return numbered.toString();
    }
}
