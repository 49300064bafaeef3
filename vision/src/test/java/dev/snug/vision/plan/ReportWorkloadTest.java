package dev.snug.vision.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.vision.Imported;
import dev.snug.vision.picture.PictureNeed;
import dev.snug.vision.report.ReportMemory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;

/** Plans of jobs that write a report. The oracle is the same job without one. */
final class ReportWorkloadTest {
    private static final ClassifyWish WISH = ClassifyWish.open(4);

    @TempDir private static Path home;
    private static Bundle tiny;

    @BeforeAll
    static void install() {
        tiny = Imported.tiny(home);
    }

    @Test
    void aReportTakesItsCodeAndOfTheHeapWhatItsPageAndPhotoTake() {
        ClassifyChoice choice = new ClassifyChoice(96, false, 1);
        Cost without = cost(WISH.withPictures(PictureNeed.photo(10_000), 1), choice);
        Cost with = cost(WISH.withPictures(PictureNeed.photo(10_000), 1).withReports(true), choice);
        Cost large = cost(WISH.withPictures(PictureNeed.photo(12_000_000), 1), choice);
        Cost both =
                cost(WISH.withPictures(PictureNeed.photo(12_000_000), 1).withReports(true), choice);

        assertThat(anonymousBytes(with) - anonymousBytes(without))
                .isEqualTo(ReportMemory.OUTSIDE_BYTES);
        assertThat(with.heapBytes() - without.heapBytes()).isPositive();
        assertThat(with.heapBytes()).isGreaterThan(ReportMemory.HEAP_BYTES);
        assertThat(both.heapBytes() - large.heapBytes()).isEqualTo(ReportMemory.PHOTO_BYTES);
    }

    private Cost cost(ClassifyWish wish, ClassifyChoice choice) {
        return ClassifyWorkload.of(tiny, Optional.empty(), wish, CpuRate.GUESS).cost(choice);
    }

    private static long anonymousBytes(Cost cost) {
        return cost.largest().predicted().anonymousBytes();
    }
}
