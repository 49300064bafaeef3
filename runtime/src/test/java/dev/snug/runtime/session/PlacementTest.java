package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtException;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.device.ProviderException;
import dev.snug.runtime.device.ProviderWish;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Providers that fail, for real: a provider that this build of ONNX Runtime does not have, plug-ins
 * that are no libraries, libraries that are no plug-ins. The oracle of an answer is arithmetic.
 */
final class PlacementTest {
    @TempDir private Path folder;

    private static final Map<String, Tensor> INPUT =
            Map.of("x", Tensor.floats(new float[] {1.5f, -3}, 2));

    private static byte[] doubling() {
        GraphBuilder graph = new GraphBuilder("double");
        graph.input("x", TensorType.floats(2));
        String two = graph.initializer("two", Tensor.scalar(2));
        graph.output(graph.add("Mul", "y", List.of("x", two)), TensorType.floats(2));
        return ModelWriter.toBytes(Model.of(graph.build()));
    }

    private static float[] answer(SessionSettings settings) {
        try (Session session = Session.open("double", doubling(), settings);
                Session.Lease lease = session.acquire()) {
            return requireNonNull(lease.run(INPUT, Set.of("y")).get("y")).toFloats();
        }
    }

    private static SessionSettings at(Placement placement) {
        return SessionSettings.ONCE.withPlacement(placement);
    }

    @Test
    void aProviderThatCannotLoadUnderAutoGivesWayToTheProcessorAndSaysWhy() {
        Placement placement = Placement.beginningWith(Provider.XNNPACK, true, Optional.empty());

        assertThat(answer(at(placement))).containsExactly(3, -6);
        assertThat(placement.provider()).isEqualTo(Provider.CPU);
        assertThat(placement.reason())
                .hasValueSatisfying(
                        reason ->
                                assertThat(reason)
                                        .startsWith("xnnpack could not load double: ")
                                        .containsIgnoringCase("xnnpack")
                                        .doesNotContain("\n"));
    }

    @Test
    void aProviderThatWasNamedAndCannotLoadIsAnError() {
        Placement placement = Placement.beginningWith(Provider.WEBGPU, false, Optional.empty());

        assertThatThrownBy(() -> answer(at(placement)))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("cannot load double with --provider webgpu");
        assertThat(placement.provider()).isEqualTo(Provider.WEBGPU);
    }

    /** Loads with the processor whatever is asked; fails runs of a provider with a real error. */
    private record Failing(AtomicInteger loads, AtomicInteger closes) implements Session.Loading {
        @Override
        public Session.Loaded with(Provider provider) throws OrtException {
            loads.incrementAndGet();
            Session.Loaded real =
                    LoadedModel.of(
                            SessionSettings.ONCE,
                            Provider.CPU,
                            options -> Engine.environment().createSession(doubling(), options));
            return new Session.Loaded() {
                @Override
                public Provider provider() {
                    return provider;
                }

                @Override
                public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs)
                        throws OrtException {
                    return provider == Provider.CPU
                            ? real.run(inputs, outputs)
                            : real.run(Map.of(), outputs);
                }

                @Override
                public void close() throws OrtException {
                    closes.incrementAndGet();
                    real.close();
                }
            };
        }
    }

    @Test
    void aRunThatFailsUnderAutoIsRunAgainOnTheProcessorOnceForAll() {
        Placement placement = Placement.beginningWith(Provider.CUDA, true, Optional.empty());
        Failing failing = new Failing(new AtomicInteger(), new AtomicInteger());

        try (Session session = Session.open("double", placement, failing);
                Session.Lease lease = session.acquire()) {
            for (int i = 0; i < 3; i++) {
                assertThat(requireNonNull(lease.run(INPUT, Set.of("y")).get("y")).toFloats())
                        .containsExactly(3, -6);
            }
        }
        assertThat(placement.reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).startsWith("cuda could not run double: "));
        assertThat(failing.loads()).as("one for each provider").hasValue(2);
        assertThat(failing.closes()).as("both are freed").hasValue(2);
        assertThat(answer(at(placement))).as("the next session").containsExactly(3, -6);
    }

    @Test
    void aRunThatFailsOnANamedProviderIsAnError() {
        Placement placement = Placement.beginningWith(Provider.CUDA, false, Optional.empty());
        Failing failing = new Failing(new AtomicInteger(), new AtomicInteger());

        try (Session session = Session.open("double", placement, failing);
                Session.Lease lease = session.acquire()) {
            assertThatThrownBy(() -> lease.run(INPUT, Set.of("y")))
                    .isInstanceOf(SessionException.class)
                    .hasMessageContaining("cannot run double with --provider cuda");
        }
        assertThat(failing.loads()).hasValue(1);
    }

    @Test
    void whatFailsOnTheProcessorStaysAnErrorOfTheModel() {
        assertThatThrownBy(
                        () ->
                                Session.open(
                                        "nothing",
                                        new byte[] {1},
                                        at(
                                                Placement.of(
                                                        ProviderWish.of(
                                                                "auto", null, null, null)))))
                .isInstanceOf(SessionException.class)
                .hasMessageStartingWith("cannot load nothing: ");
    }

    @Test
    void aPlugInThatIsNoLibraryIsTheReason() throws IOException {
        Path text = folder.resolve("libonnxruntime_providers_cuda.so");
        Files.writeString(text, "not a library\n");

        Placement placement = Placement.of(ProviderWish.of("auto", null, text.toString(), null));

        assertThat(placement.provider()).isEqualTo(Provider.CPU);
        assertThat(placement.reason())
                .hasValueSatisfying(
                        reason ->
                                assertThat(reason)
                                        .startsWith("the plug-in " + text + " cannot be loaded: "));
        assertThatThrownBy(() -> Placement.of(ProviderWish.of("cuda", null, text.toString(), null)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("--provider cuda: the plug-in");
        assertThat(answer(at(placement))).containsExactly(3, -6);
    }

    @Test
    void aLibraryThatIsNoPlugInIsTheReason() throws IOException {
        String name = System.mapLibraryName("onnxruntime4j_jni");
        Path library = Files.write(folder.resolve(name), engineLibrary(name));

        Placement placement = Placement.of(ProviderWish.of("auto", null, library.toString(), null));

        assertThat(placement.provider()).isEqualTo(Provider.CPU);
        assertThat(placement.reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("cannot be loaded: ", "CreateEp"));
    }

    /** A library of ONNX Runtime's own jar. */
    private static byte[] engineLibrary(String name) throws IOException {
        boolean isMac = System.getProperty("os.name", "").startsWith("Mac");
        boolean isX64 = System.getProperty("os.arch", "").equals("amd64");
        String platform = (isMac ? "osx-" : "linux-") + (isX64 ? "x64" : "aarch64");
        try (var in =
                requireNonNull(
                        OrtException.class.getResourceAsStream(
                                "native/" + platform + "/" + name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void aPlugInThatIsNotThereIsRefusedWhateverIsAsked() {
        assertThatThrownBy(
                        () ->
                                Placement.of(
                                        ProviderWish.of(
                                                null,
                                                null,
                                                folder.resolve("nothing.so").toString(),
                                                null)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("--provider-library")
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aFolderWithoutTheEngineSaysWhatItLacks() throws IOException {
        ProviderWish wish = ProviderWish.of("cuda", folder.toString(), null, null);

        assertThatThrownBy(() -> Placement.of(wish))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("--engine-library " + folder)
                .hasMessageContaining(System.mapLibraryName("onnxruntime"));
    }

    @Test
    void anotherEngineIsRefusedOnceOneIsLoaded() throws IOException {
        Engine.version();
        for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
            Files.writeString(folder.resolve(System.mapLibraryName(library)), "text\n");
        }

        assertThatThrownBy(
                        () -> Placement.of(ProviderWish.of("cpu", folder.toString(), null, null)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("has loaded another ONNX Runtime already");
    }

    @Test
    void theProcessorIsPlacedWithoutLookingAtAnything() {
        assertThat(Placement.of(ProviderWish.CPU)).isSameAs(Placement.CPU);
        assertThat(Placement.CPU.isElsewhere()).isFalse();
        assertThat(Placement.CPU.hasDeviceMemory()).isFalse();
    }
}
