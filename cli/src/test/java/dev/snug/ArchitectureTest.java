package dev.snug;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** The invariants of ARCHITECTURE.md that bytecode can prove. The oracle is the compiled code. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.snug");

    @Test
    void packagesFormNoCycles() {
        holds(slices().matching("dev.snug.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyTheSessionPackageNamesOnnxRuntime() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.snug.runtime.session")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("ai.onnxruntime.."));
    }

    @Test
    void eachSoundLibraryIsNamedByTheClassesOfItsFormatAlone() {
        Map<String, List<String>> namedBy =
                Map.of(
                        "io.github.jaredmdobson.concentus..",
                        List.of("OpusReader", "OpusCoder"),
                        "com.jcraft..",
                        List.of("VorbisReader"),
                        "javazoom..",
                        List.of("Mp3Reader"),
                        "de.sciss.jump3r..",
                        List.of("Mp3Coder"));
        namedBy.forEach(
                (library, classes) ->
                        holds(
                                noClasses()
                                        .that(not(are(classes)))
                                        .should()
                                        .dependOnClassesThat()
                                        .resideInAPackage(library)));
    }

    @Test
    void onlyTheSheetOfAReportNamesThePdfLibrary() {
        holds(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("dev.snug.vision.report.Sheet")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.apache.pdfbox..", "org.apache.fontbox.."));
    }

    private static DescribedPredicate<JavaClass> are(List<String> names) {
        return DescribedPredicate.describe(
                "are " + names,
                each ->
                        each.getPackageName().equals("dev.snug.speech.sound.coding")
                                && names.contains(each.getSimpleName()));
    }

    @Test
    void purePackagesTouchNoFilesClocksOrLogs() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "dev.snug.onnx",
                                "dev.snug.onnx.lifetime",
                                "dev.snug.onnx.shape",
                                "dev.snug.onnx.surgery",
                                "dev.snug.runtime.budget",
                                "dev.snug.runtime.limit",
                                "dev.snug.runtime.plan",
                                "dev.snug.vision.explain",
                                "dev.snug.speech.schedule")
                        .and()
                        .areNotAssignableTo(Throwable.class)
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.nio.file.Files")
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.io..", "java.time..", "java.util.logging.."));
    }

    @Test
    void theBudgetKnowsNothingElseOfSnug() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("dev.snug.runtime.budget")
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("dev.snug..")
                                        .and(not(resideInAPackage("dev.snug.runtime.budget")))));
    }

    @Test
    void theFrontOfTheServerOpensNoSessionAndPlansNothing() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("dev.snug.server..")
                        .and()
                        .resideOutsideOfPackage("dev.snug.server.work")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.snug.runtime.session",
                                "dev.snug.runtime.plan",
                                "dev.snug.runtime.job",
                                "dev.snug.vision",
                                "dev.snug.vision.plan",
                                "dev.snug.speech",
                                "dev.snug.speech.plan"));
    }

    @Test
    void whatIsAskedAndAnsweredKnowsNoTransport() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage("dev.snug.server.answer", "dev.snug.server.work")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.snug.server.http",
                                "dev.snug.server.api",
                                "dev.snug.server.page",
                                "com.sun.net.httpserver"));
    }

    @Test
    void onlyTheEdgeReadsTheEnvironmentOrEndsTheProcess() {
        holds(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("dev.snug.cli.Main")
                        .and()
                        .resideOutsideOfPackage("dev.snug.bench..")
                        .should()
                        .callMethod(System.class, "getenv")
                        .orShould()
                        .callMethod(System.class, "getenv", String.class)
                        .orShould()
                        .callMethod(System.class, "exit", int.class));
    }

    @Test
    void importedClassesAreNotEmpty() {
        holds(classes().should().resideInAPackage("dev.snug.."));
    }

    private static void holds(ArchRule rule) {
        rule.check(CLASSES);
    }
}
