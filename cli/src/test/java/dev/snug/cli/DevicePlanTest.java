package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Predicted;
import dev.snug.runtime.plan.Predicted.Part;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * What {@code snug plan} says of a device, shown with stages made by hand: no device is here. The
 * oracle is the sum of weights, inputs and activations, which the account {@code device} reserves.
 */
final class DevicePlanTest {
    private static final long MIB = 1 << 20;

    private static final Cost COST =
            new Cost(List.of(stage("text", 4, 1, 2), stage("velocity", 40, 1, 7)), 8 * MIB, 1.5);

    private static Demand stage(String name, long weights, long inputs, long activations) {
        return new Demand(
                name,
                new Predicted(
                        List.of(
                                new Part("ONNX Runtime", 10 * MIB, 17 * MIB),
                                new Part("weights", 0, weights * MIB),
                                new Part("inputs", inputs * MIB, 0),
                                new Part("activations and results", activations * MIB, 0))),
                weights * MIB);
    }

    private static DevicePlan cuda(boolean isAuto, OptionalLong limitBytes) {
        return new DevicePlan("cuda", true, isAuto, limitBytes);
    }

    private static PlanReport report(DevicePlan device) {
        MemoryLimit limit = new MemoryLimit(512 * MIB, MemoryLimit.Origin.ASKED, "a test says so");
        Plan<String> plan =
                new Plan<>(
                        true, 512 * MIB, "settings", COST, 200 * MIB, List.of(), false, List.of());
        return new PlanReport("voice", "a text", limit, plan, false, "snug speak")
                .withDevice(device);
    }

    private static String text(DevicePlan device) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        report(device).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Tree json(DevicePlan device) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonLines.write(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), report(device)::write);
        return Tree.parse(bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everyStageHasItsBytesOnTheDevice() {
        assertThat(text(cuda(false, OptionalLong.empty())).lines())
                .containsSubsequence(
                        "It fits.",
                        "On the device with cuda, beside the process's memory; not measured here:",
                        "STAGE                MiB",
                        "text                 7.0",
                        "velocity            48.0",
                        "At most 48.0 MiB there at once; without --device-memory nothing bounds"
                                + " it.",
                        "Counted, by account (anonymous bytes must fit; files can be dropped):",
                        "Run it: snug speak --provider cuda");

        Tree device = json(cuda(false, OptionalLong.empty())).get("device");
        assertThat(device.get("provider").text()).isEqualTo("cuda");
        assertThat(device.get("measured").text()).isEqualTo("false");
        assertThat((long) device.get("peak_bytes").number()).isEqualTo(48 * MIB);
        assertThat(device.get("stages").elements())
                .extracting(stage -> stage.get("stage").text() + " " + stage.get("bytes").text())
                .containsExactly("text " + 7 * MIB, "velocity " + 48 * MIB);
    }

    @Test
    void whatTheDeviceMayTakeIsComparedToTheByte() {
        DevicePlan enough = cuda(false, OptionalLong.of(48 * MIB));
        DevicePlan named = cuda(false, OptionalLong.of(48 * MIB - 1));
        DevicePlan auto = cuda(true, OptionalLong.of(48 * MIB - 1));

        assertThat(text(enough)).contains("It fits.", "--device-memory allows 48.0.");
        assertThat(text(named)).contains("and not the device.", "allows, 48.0: it is refused.");
        assertThat(text(auto)).contains("It fits.", "allows, 48.0: the processor takes over.");
        assertThat(report(enough).isFeasible()).isTrue();
        assertThat(report(named).isFeasible()).isFalse();
        assertThat(report(auto).isFeasible()).isTrue();
        assertThat(json(named).get("feasible").text()).isEqualTo("false");
        assertThat(json(auto).get("device").get("fits").text()).isEqualTo("false");
        assertThat((long) json(auto).get("device").get("limit_bytes").number())
                .isEqualTo(48 * MIB - 1);
    }

    @Test
    void whatComputesInTheProcessHasNoAccountOfItsOwn() {
        DevicePlan openvino = new DevicePlan("openvino", false, false, OptionalLong.of(1));

        assertThat(text(openvino))
                .contains("It fits.", "Computed with openvino, in the process's own memory; not");
        assertThat(json(openvino).get("device").keys())
                .containsExactly("provider", "own_memory", "measured");
    }
}
