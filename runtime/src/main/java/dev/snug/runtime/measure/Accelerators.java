package dev.snug.runtime.measure;

import dev.snug.runtime.measure.Accelerator.Kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds accelerators in what Linux lists: PCI functions of class 03 (display) and 12 (processing
 * accelerator; PCI Code and ID Assignment, 1.4 and 1.19), and what a device tree has in {@code
 * /sys/class/drm} and {@code /sys/class/accel}. Starts no program and opens no device.
 */
final class Accelerators {
    /** Functions looked at; a large server has a few thousand. */
    static final int FUNCTIONS_MAX = 4096;

    /** Accelerators told of. */
    static final int TOLD_MAX = 64;

    private static final String PCI = "/sys/bus/pci/devices";
    private static final Pattern CARD = Pattern.compile("(card|accel)[0-9]+");

    /** {@code NVRM version: NVIDIA UNIX x86_64 Kernel Module 550.54.14 Thu Feb 22 …}. */
    private static final Pattern NVIDIA_VERSION =
            Pattern.compile("Kernel Module.*?\\s([0-9]+(?:\\.[0-9]+)+)");

    private static final Pattern NVIDIA_MODEL =
            Pattern.compile("(?m)^Model:\\s*(\\S.{0,99}?)\\s*$");

    private final KernelFiles files;

    Accelerators(KernelFiles files) {
        this.files = files;
    }

    /** All that is listed, PCI first; at most {@link #TOLD_MAX}. */
    List<Accelerator> all() {
        List<Accelerator> found = new ArrayList<>();
        for (String place : files.names(PCI, FUNCTIONS_MAX)) {
            ofPci(place).ifPresent(found::add);
        }
        for (String folder : List.of("/sys/class/drm", "/sys/class/accel")) {
            for (String card : files.names(folder, FUNCTIONS_MAX)) {
                if (CARD.matcher(card).matches()) {
                    ofTree(folder, card).ifPresent(found::add);
                }
            }
        }
        return List.copyOf(found.subList(0, Math.min(TOLD_MAX, found.size())));
    }

    private Optional<Accelerator> ofPci(String place) {
        String folder = PCI + "/" + place;
        String type = hexadecimal(folder + "/class");
        boolean isDisplay = type.startsWith("03");
        if (!isDisplay && !type.startsWith("12")) {
            return Optional.empty();
        }
        String vendor = hexadecimal(folder + "/vendor");
        String device = hexadecimal(folder + "/device");
        Kind kind = !isDisplay ? Kind.NPU : PciMaker.onlyShows(vendor) ? Kind.DISPLAY : Kind.GPU;
        Map<String, String> event = event(folder);
        String maker = PciMaker.named(vendor);
        boolean isNvidia = maker.equals("NVIDIA");
        return Optional.of(
                new Accelerator(
                        kind,
                        place,
                        maker,
                        (isNvidia ? nvidiaModel(place) : Optional.<String>empty())
                                .orElse(vendor + ":" + device),
                        Optional.ofNullable(event.get("DRIVER")),
                        isNvidia ? nvidiaVersion() : Optional.empty(),
                        files.number(folder + "/mem_info_vram_total"),
                        files.number(folder + "/mem_info_vram_used"),
                        isReachable(kind, maker)));
    }

    /** What is no PCI function: its event names what the device tree calls it. */
    private Optional<Accelerator> ofTree(String folder, String card) {
        Map<String, String> event = event(folder + "/" + card + "/device");
        String name = event.get("OF_COMPATIBLE_0");
        if (name == null || event.containsKey("PCI_ID")) {
            return Optional.empty();
        }
        Kind kind = folder.endsWith("accel") ? Kind.NPU : Kind.GPU;
        int comma = name.indexOf(',');
        return Optional.of(
                new Accelerator(
                        kind,
                        card,
                        comma < 0 ? "unknown" : treeMaker(name.substring(0, comma)),
                        name,
                        Optional.ofNullable(event.get("DRIVER")),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        isReachable(kind, "")));
    }

    private static String treeMaker(String prefix) {
        return switch (prefix) {
            case "brcm" -> "Broadcom";
            case "arm" -> "Arm";
            case "qcom" -> "Qualcomm";
            case "nvidia" -> "NVIDIA";
            case "apple" -> "Apple";
            case "rockchip" -> "Rockchip";
            default -> prefix;
        };
    }

    private boolean isReachable(Kind kind, String maker) {
        return switch (kind) {
            case DISPLAY -> false;
            case NPU ->
                    files.names("/dev/accel", FUNCTIONS_MAX).stream()
                            .anyMatch(name -> name.startsWith("accel"));
            case GPU ->
                    maker.equals("NVIDIA")
                            ? files.exists("/dev/nvidiactl")
                            : files.exists("/dev/kfd")
                                    || files.names("/dev/dri", FUNCTIONS_MAX).stream()
                                            .anyMatch(name -> name.startsWith("render"));
        };
    }

    private Optional<String> nvidiaModel(String place) {
        String file = "/proc/driver/nvidia/gpus/" + place + "/information";
        Matcher model = NVIDIA_MODEL.matcher(files.text(file).orElse(""));
        return model.find() ? Optional.of(model.group(1)) : Optional.empty();
    }

    private Optional<String> nvidiaVersion() {
        Matcher version =
                NVIDIA_VERSION.matcher(files.text("/proc/driver/nvidia/version").orElse(""));
        return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }

    private Map<String, String> event(String folder) {
        Map<String, String> values = new HashMap<>();
        for (String line : files.text(folder + "/uevent").orElse("").lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        }
        return values;
    }

    /** What a file such as {@code 0x030000} holds, without the prefix, in small letters. */
    private String hexadecimal(String file) {
        String text = files.text(file).orElse("").strip().toLowerCase(Locale.ROOT);
        return text.startsWith("0x") ? text.substring(2) : text;
    }
}
