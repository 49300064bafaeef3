package dev.snug.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.measure.Accelerator;
import dev.snug.runtime.measure.Accelerator.Kind;
import dev.snug.runtime.measure.Probe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Accelerators in trees as Linux lists them, and the step that each is told. The oracle is the
 * kernel's documentation (sysfs-bus-pci, NVIDIA's README appendix on /proc) and pci.ids.
 */
final class AcceleratorsTest {
    private static final Set<Provider> STOCK = Set.of(Provider.CPU);

    @TempDir private Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String pci(String place, String type, String vendor, String device, String driver)
            throws IOException {
        String folder = "sys/bus/pci/devices/" + place;
        file(folder + "/class", "0x" + type + "\n");
        file(folder + "/vendor", "0x" + vendor + "\n");
        file(folder + "/device", "0x" + device + "\n");
        file(
                folder + "/uevent",
                (driver.isEmpty() ? "" : "DRIVER=" + driver + "\n")
                        + "PCI_CLASS=30000\nPCI_ID=%s:%s\n".formatted(vendor, device));
        return folder;
    }

    private List<Accelerator> found() {
        return new Probe(root).accelerators();
    }

    private Accelerator only() {
        assertThat(found()).hasSize(1);
        return found().getFirst();
    }

    @Test
    void anNvidiaCardIsNamedByItsDriver() throws IOException {
        pci("0000:00:1f.3", "040300", "8086", "a348", "snd_hda_intel");
        pci("0000:01:00.0", "030000", "10de", "2684", "nvidia");
        file(
                "proc/driver/nvidia/gpus/0000:01:00.0/information",
                "Model: \t\t NVIDIA GeForce RTX 4090\nIRQ:   \t\t 127\n");
        file(
                "proc/driver/nvidia/version",
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22 01:44:30 UTC"
                        + " 2024\nGCC version:  gcc version 12.2.0\n");
        file("dev/nvidiactl", "");

        assertThat(only())
                .isEqualTo(
                        new Accelerator(
                                Kind.GPU,
                                "0000:01:00.0",
                                "NVIDIA",
                                "NVIDIA GeForce RTX 4090",
                                Optional.of("nvidia"),
                                Optional.of("550.54.14"),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                true));
        assertThat(Advice.of(only(), STOCK))
                .contains("onnxruntime_gpu", "--engine-library", "--provider cuda")
                .endsWith("(not measured here)");
        assertThat(Advice.of(only(), Set.of(Provider.CPU, Provider.CUDA)))
                .isEqualTo("--provider cuda (not measured here)");
    }

    @Test
    void theOpenKernelModuleTellsItsVersionToo() throws IOException {
        pci("0000:01:00.0", "030200", "10de", "2330", "nvidia");
        file(
                "proc/driver/nvidia/version",
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build"
                        + "  (root@host)\n");

        assertThat(only().driverVersion()).contains("570.86.15");
        assertThat(only().model()).isEqualTo("10de:2330");
        assertThat(Advice.of(only(), STOCK)).contains("--gpus all");
    }

    @Test
    void aDriverThatCannotComputeIsToldFirst() throws IOException {
        pci("0000:01:00.0", "030000", "10de", "1c8d", "nouveau");

        assertThat(Advice.of(only(), STOCK)).contains("nouveau", "install NVIDIA's own");
    }

    @Test
    void anAmdProcessorWithGraphicsTellsItsMemory() throws IOException {
        String folder = pci("0000:05:00.0", "030000", "1002", "1638", "amdgpu");
        file(folder + "/mem_info_vram_total", "536870912\n");
        file(folder + "/mem_info_vram_used", "104857600\n");
        file("dev/kfd", "");
        file("dev/dri/renderD128", "");

        assertThat(only().maker()).isEqualTo("AMD");
        assertThat(only().model()).isEqualTo("1002:1638");
        assertThat(only().memoryBytes()).hasValue(512 << 20);
        assertThat(only().usedBytes()).hasValue(100 << 20);
        assertThat(Advice.of(only(), STOCK))
                .startsWith("no Java build with MIGraphX exists")
                .contains("--provider webgpu");
    }

    @Test
    void anIntelLaptopHasGraphicsAndAnNpu() throws IOException {
        pci("0000:00:02.0", "030000", "8086", "7d55", "i915");
        pci("0000:00:0b.0", "120000", "8086", "7d1d", "intel_vpu");
        file("dev/dri/renderD128", "");
        file("dev/accel/accel0", "");
        // The same two again, where the kernel lists them by class.
        file("sys/class/drm/card0/device/uevent", "DRIVER=i915\nPCI_ID=8086:7D55\n");
        file("sys/class/accel/accel0/device/uevent", "DRIVER=intel_vpu\nPCI_ID=8086:7D1D\n");

        assertThat(found()).extracting(Accelerator::kind).containsExactly(Kind.GPU, Kind.NPU);
        assertThat(found())
                .allSatisfy(
                        each ->
                                assertThat(Advice.of(each, STOCK))
                                        .contains(
                                                "onnxruntime-ep-openvino", "--provider openvino"));
        Files.delete(root.resolve("dev/accel/accel0"));
        assertThat(Advice.of(found().getLast(), STOCK)).contains("--device /dev/accel");
    }

    @Test
    void aRaspberryPiHasNoPciAndNoBuild() throws IOException {
        file(
                "sys/class/drm/card0/device/uevent",
                "DRIVER=v3d\nOF_NAME=v3d\nOF_COMPATIBLE_0=brcm,2711-v3d\nOF_COMPATIBLE_N=1\n");
        file("sys/class/drm/card0-HDMI-A-1/device/uevent", "DEVTYPE=drm_connector\n");
        file("sys/class/drm/renderD128/device/uevent", "OF_COMPATIBLE_0=brcm,2711-v3d\n");

        assertThat(only().maker()).isEqualTo("Broadcom");
        assertThat(only().model()).isEqualTo("brcm,2711-v3d");
        assertThat(only().driver()).contains("v3d");
        assertThat(Advice.of(only(), STOCK))
                .isEqualTo("no Java build of ONNX Runtime exists for it");
    }

    @Test
    void aVirtualMachineShowsAPictureAtMost() throws IOException {
        pci("0000:00:02.0", "030000", "1234", "1111", "bochs-drm");

        assertThat(only().kind()).isEqualTo(Kind.DISPLAY);
        assertThat(only().maker()).isEqualTo("QEMU");
        assertThat(Advice.of(only(), STOCK)).isEqualTo("it shows a picture and computes nothing");
    }

    @Test
    void whereNothingIsListedNothingIsFound() throws IOException {
        pci("0000:00:03.0", "020000", "1af4", "1041", "virtio-pci");

        assertThat(found()).isEmpty();
        assertThat(new Probe(root.resolve("nowhere")).accelerators()).isEmpty();
    }

    @Test
    void aCardOfAnUnknownMakerWithoutADriverIsStillTold() throws IOException {
        pci("0000:03:00.0", "038000", "beef", "0001", "");

        assertThat(only().maker()).isEqualTo("unknown");
        assertThat(only().model()).isEqualTo("beef:0001");
        assertThat(only().driver()).isEmpty();
    }

    @Test
    void noMoreThanSixtyFourAreTold() throws IOException {
        for (int i = 0; i < 70; i++) {
            pci("0000:%02x:00.0".formatted(i), "030000", "10de", "2684", "nvidia");
        }

        assertThat(found()).hasSize(64);
    }
}
