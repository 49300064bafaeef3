package dev.snug.runtime.device;

import dev.snug.runtime.measure.Accelerator;
import dev.snug.runtime.measure.Accelerator.Kind;

import java.util.Set;

/**
 * The one step that would have Snug compute on an accelerator, as a phrase, or why there is none.
 * Pure. What it says of builds holds for ONNX Runtime 1.29's published packages; no step was taken
 * on such a device.
 */
public final class Advice {
    /** Ends what was not tried on a device. */
    private static final String NOT_MEASURED = " (not measured here)";

    private Advice() {}

    /**
     * The step for {@code accelerator}.
     *
     * @param offered what the loaded libraries offer
     */
    public static String of(Accelerator accelerator, Set<Provider> offered) {
        if (accelerator.kind() == Kind.DISPLAY) {
            return "it shows a picture and computes nothing";
        }
        return switch (accelerator.maker()) {
            case "NVIDIA" -> nvidia(accelerator, offered);
            case "AMD" -> amd(accelerator, offered);
            case "Intel" -> reached(accelerator, offered, Provider.OPENVINO);
            case "Qualcomm" -> reached(accelerator, offered, Provider.QNN);
            default -> "no Java build of ONNX Runtime exists for it";
        };
    }

    private static String nvidia(Accelerator accelerator, Set<Provider> offered) {
        String driver = accelerator.driver().orElse("");
        if (driver.equals("nouveau")) {
            return "its driver nouveau cannot compute: install NVIDIA's own";
        }
        if (driver.isEmpty()) {
            return "no driver has taken it: install NVIDIA's own";
        }
        return reached(accelerator, offered, Provider.CUDA);
    }

    private static String amd(Accelerator accelerator, Set<Provider> offered) {
        if (accelerator.kind() == Kind.NPU) {
            return "no Java build of ONNX Runtime exists for it (VitisAI)";
        }
        return offered.contains(Provider.MIGRAPHX)
                ? reached(accelerator, offered, Provider.MIGRAPHX)
                : "no Java build with MIGraphX exists; over Vulkan: "
                        + reached(accelerator, offered, Provider.WEBGPU);
    }

    private static String reached(
            Accelerator accelerator, Set<Provider> offered, Provider provider) {
        if (accelerator.driver().isEmpty()) {
            return "no driver has taken it: install one for it first";
        }
        if (!accelerator.isReachable()) {
            return "its device files are not here: give this container the device, as with"
                    + (provider == Provider.CUDA
                            ? " --gpus all"
                            : accelerator.kind() == Kind.NPU
                                    ? " --device /dev/accel"
                                    : " --device /dev/dri");
        }
        return offered.contains(provider)
                ? ProviderWish.OPTION + " " + provider.word() + NOT_MEASURED
                : provider.step()
                        + ", and say "
                        + ProviderWish.OPTION
                        + " "
                        + provider.word()
                        + NOT_MEASURED;
    }
}
