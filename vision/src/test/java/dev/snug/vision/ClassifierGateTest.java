package dev.snug.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.budget.Gate;
import dev.snug.runtime.budget.Limit;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.StageGate;
import dev.snug.runtime.session.SessionException;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;
import dev.snug.vision.picture.Resampler;
import dev.snug.vision.picture.ReservedPicture;
import dev.snug.vision.plan.ClassifyChoice;
import dev.snug.vision.plan.ClassifyWish;
import dev.snug.vision.plan.ClassifyWorkload;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a classifier and its pictures reserve. The oracle is the ledger. */
final class ClassifierGateTest {
    private static final long MIB = 1 << 20;
    private static final long HEAP_BYTES = 24 * MIB;
    private static final ClassifyChoice CHOICE = new ClassifyChoice(96, true, 1);
    private static final PictureDecoder DECODER =
            PictureDecoder.within(PictureLimits.inHeap(HEAP_BYTES, 0));

    @TempDir private Path home;
    private Bundle bundle;
    private Demand demand;

    @BeforeEach
    void install() {
        bundle = Imported.install(home, "tiny_efficientnetv2", List.of());
        demand =
                ClassifyWorkload.of(bundle, Optional.empty(), ClassifyWish.open(1), CpuRate.GUESS)
                        .cost(CHOICE)
                        .largest();
    }

    private static ProcessAccounts accounts(long limitBytes) {
        return ProcessAccounts.open(
                new Limit(limitBytes, "a test"),
                new Limit(HEAP_BYTES, "a test"),
                new Limit(0, "a test"),
                Demand.JAVA_FLOOR,
                Gate.OPEN);
    }

    private static long used(ProcessAccounts accounts) {
        return accounts.memory().state().usedBytes();
    }

    private Classifier open(ProcessAccounts accounts) {
        return Classifier.open(
                bundle, Optional.empty(), CHOICE.options(), StageGate.of(accounts), demand);
    }

    @Test
    void aClassifierHoldsWhatWasPlannedFromOpeningToClosing() {
        try (ProcessAccounts accounts = accounts(512 * MIB)) {
            long before = used(accounts);
            try (Classifier classifier = open(accounts)) {
                assertThat(used(accounts) - before).isEqualTo(demand.addedBytes());
                classifier.classify(DECODER.decode(Imported.picture()), Patient.UNKNOWN);
                assertThat(used(accounts) - before).isEqualTo(demand.addedBytes());
            }
            assertThat(used(accounts)).isEqualTo(before);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingStaysReserved() {
        long floor = Demand.JAVA_FLOOR.stayBytes() + Demand.JAVA_FLOOR.mappedBytes() + HEAP_BYTES;
        try (ProcessAccounts accounts = accounts(floor + demand.addedBytes() - 1)) {
            long before = used(accounts);
            assertThatThrownBy(() -> open(accounts)).isInstanceOf(BudgetException.class);
            assertThat(used(accounts)).isEqualTo(before);
        }
    }

    @Test
    void aModelThatCannotBeLoadedGivesBackWhatWasReserved() throws Exception {
        Path graph = bundle.folder().resolve("explain-96.onnx");
        Files.write(graph, new byte[(int) Files.size(graph)]);
        try (ProcessAccounts accounts = accounts(512 * MIB)) {
            long before = used(accounts);
            assertThatThrownBy(() -> open(accounts)).isInstanceOf(SessionException.class);
            assertThat(used(accounts)).isEqualTo(before);
        }
    }

    @Test
    void aPictureHoldsItsPartOfTheHeapUntilItIsClosed() {
        long runBytes = Resampler.bytes(96, 96);
        long bytes = DECODER.need(Imported.picture()).heapBytes() + runBytes;
        try (ProcessAccounts accounts = accounts(512 * MIB)) {
            var pictures = accounts.of(StandardAccount.PICTURES);
            try (ReservedPicture reserved =
                    ReservedPicture.decode(DECODER, Imported.picture(), pictures, runBytes)) {
                assertThat(reserved.picture().width()).isPositive();
                assertThat(pictures.state().usedBytes()).isEqualTo(bytes);
            }
            assertThat(pictures.state().usedBytes()).isZero();
        }
    }

    @Test
    void aPictureThatTheAccountHasNoRoomForIsNotDecoded() {
        try (ProcessAccounts accounts = accounts(512 * MIB)) {
            var pictures = accounts.of(StandardAccount.PICTURES);
            long room = HEAP_BYTES - ProcessAccounts.HEAP_OWN_BYTES;
            long bytes = DECODER.need(Imported.picture()).heapBytes();
            assertThatThrownBy(
                            () ->
                                    ReservedPicture.decode(
                                            DECODER,
                                            Imported.picture(),
                                            pictures,
                                            room - bytes + 1))
                    .isInstanceOf(BudgetException.class)
                    .hasMessageContaining("picture_0.png");
            assertThat(pictures.state().usedBytes()).isZero();
        }
    }

    @Test
    void aPictureThatIsDamagedGivesItsRoomBack() throws Exception {
        byte[] whole = Files.readAllBytes(Imported.picture());
        Path cut = Files.write(home.resolve("cut.png"), Arrays.copyOf(whole, 500));
        try (ProcessAccounts accounts = accounts(512 * MIB)) {
            var pictures = accounts.of(StandardAccount.PICTURES);
            assertThatThrownBy(() -> ReservedPicture.decode(DECODER, cut, pictures, 0))
                    .hasMessageContaining("cut.png");
            assertThat(pictures.state().usedBytes()).isZero();
        }
    }
}
