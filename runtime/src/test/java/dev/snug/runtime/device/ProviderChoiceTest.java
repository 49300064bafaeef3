package dev.snug.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.budget.MemorySize;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What computes, decided without a library. The oracle is the rule: what is named is kept or
 * refused, and only auto falls back, with a reason.
 */
final class ProviderChoiceTest {
    private static final Offered STOCK = Offered.builtIn(Set.of(Provider.CPU));

    private static ProviderWish wish(@Nullable String provider) {
        return ProviderWish.of(provider, null, null, null);
    }

    @Test
    void whoSaysNothingGetsTheProcessorWithoutAReason() {
        assertThat(wish(null)).isEqualTo(ProviderWish.CPU);
        assertThat(ProviderChoice.of(wish(null), STOCK))
                .isEqualTo(new ProviderChoice(Provider.CPU, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(value = Provider.class, mode = EnumSource.Mode.EXCLUDE, names = "CPU")
    void whatIsNamedAndNotThereIsRefusedWithTheOneStep(Provider asked) {
        assertThatThrownBy(() -> ProviderChoice.of(wish(asked.word()), STOCK))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("--provider " + asked.word())
                .hasMessageContaining(asked.step())
                .hasMessageContaining("--provider auto");
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void whatIsNamedAndThereIsUsed(Provider asked) {
        Offered offered = Offered.builtIn(EnumSet.of(Provider.CPU, asked));

        assertThat(ProviderChoice.of(wish(asked.word()), offered))
                .isEqualTo(new ProviderChoice(asked, Optional.empty()));
    }

    @Test
    void autoSaysWhyItIsTheProcessor() {
        assertThat(ProviderChoice.of(wish("auto"), STOCK))
                .isEqualTo(
                        new ProviderChoice(
                                Provider.CPU,
                                Optional.of(
                                        "this ONNX Runtime has no provider for an accelerator")));
    }

    @Test
    void autoTakesCudaBeforeTheOthersAndNeverTensorRtOrXnnpack() {
        Offered all = Offered.builtIn(Set.copyOf(Arrays.asList(Provider.values())));
        Offered slow = Offered.builtIn(Set.of(Provider.CPU, Provider.TENSORRT, Provider.XNNPACK));

        assertThat(ProviderChoice.of(wish("auto"), all).provider()).isEqualTo(Provider.CUDA);
        assertThat(ProviderChoice.of(wish("auto"), slow).provider()).isEqualTo(Provider.CPU);
    }

    @Test
    void whatAPlugInBringsComesBeforeWhatIsBuiltIn() {
        Offered offered =
                new Offered(
                        Set.of(Provider.CPU, Provider.CUDA),
                        Set.of(Provider.WEBGPU),
                        Set.of("WebGpuExecutionProvider"),
                        Optional.empty());

        assertThat(ProviderChoice.of(wish("auto"), offered).provider()).isEqualTo(Provider.WEBGPU);
        assertThat(ProviderChoice.of(wish("cuda"), offered).provider()).isEqualTo(Provider.CUDA);
    }

    @Test
    void aPlugInThatBringsNothingIsTheReasonOrTheRefusal() {
        Offered broken =
                new Offered(
                        Set.of(Provider.CPU),
                        Set.of(),
                        Set.of(),
                        Optional.of("the plug-in is ill"));
        ProviderWish named = ProviderWish.of("webgpu", null, "/p.so", null);

        assertThat(ProviderChoice.of(ProviderWish.of(null, null, "/p.so", null), broken))
                .isEqualTo(new ProviderChoice(Provider.CPU, Optional.of("the plug-in is ill")));
        assertThatThrownBy(() -> ProviderChoice.of(named, broken))
                .hasMessage("--provider webgpu: the plug-in is ill");
    }

    @Test
    void aPlugInWithAnotherProviderSaysWhichItBrings() {
        Offered offered =
                new Offered(
                        Set.of(Provider.CPU),
                        Set.of(Provider.OPENVINO),
                        Set.of("OpenVINOExecutionProvider"),
                        Optional.empty());

        assertThatThrownBy(
                        () ->
                                ProviderChoice.of(
                                        ProviderWish.of("webgpu", null, "/p.so", null), offered))
                .hasMessageContaining("the plug-in brings OpenVINOExecutionProvider instead");
    }

    @Test
    void aLibraryThatIsNamedIsMeantToBeUsed() {
        assertThat(ProviderWish.of(null, "/ort", null, null).isAuto()).isTrue();
        assertThat(ProviderWish.of(null, null, "/p.so", null).isAuto()).isTrue();
        assertThat(ProviderWish.of("cpu", "/ort", null, null).isAuto()).isFalse();
        assertThat(ProviderWish.of("auto", null, null, "2GiB").deviceMemory())
                .contains(MemorySize.parse("2GiB"));
    }

    @Test
    void whatWouldBeIgnoredIsRefused() {
        assertThatThrownBy(() -> ProviderWish.of("cpu", null, "/p.so", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--provider cpu and --provider-library");
        assertThatThrownBy(() -> ProviderWish.of(null, null, null, "1GiB"))
                .hasMessageContaining("--device-memory");
    }

    @Test
    void aWordThatIsNoneListsThoseThereAre() {
        assertThatThrownBy(() -> wish("gpu"))
                .hasMessage(
                        "--provider 'gpu' is not known; it is one of auto, cpu, cuda, tensorrt,"
                                + " migraphx, directml, openvino, coreml, xnnpack, qnn, webgpu");
        assertThatThrownBy(() -> wish("x".repeat(1000))).message().hasSizeLessThan(250);
        assertThat(List.of(Provider.values()))
                .allSatisfy(
                        provider ->
                                assertThat(Provider.ofEngineName(provider.engineName()))
                                        .contains(provider));
    }
}
