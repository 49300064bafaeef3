package dev.snug.runtime.measure;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A processor beside the main one, as the kernel lists it: a graphics card, a part for networks, or
 * something that only shows a picture.
 *
 * @param kind of it
 * @param place where the kernel lists it: {@code 0000:01:00.0} on PCI, {@code card0} elsewhere
 * @param maker of it, such as {@code NVIDIA}; {@code unknown} where the number is not known here
 * @param model its name, where a driver tells one; else vendor and device number, such as {@code
 *     10de:2684}, or what the device tree calls it
 * @param driver of the kernel that has taken it; empty where none has
 * @param driverVersion where a file tells it
 * @param memoryBytes of its own, where a file tells it
 * @param usedBytes of them that are taken, by anybody
 * @param isReachable whether the file through which programs reach it is there; a container that
 *     was not given the device lacks it
 */
public record Accelerator(
        Kind kind,
        String place,
        String maker,
        String model,
        Optional<String> driver,
        Optional<String> driverVersion,
        OptionalLong memoryBytes,
        OptionalLong usedBytes,
        boolean isReachable) {
    /** What it can do. */
    public enum Kind {
        /** Graphics that can compute. */
        GPU,
        /** Made for networks. */
        NPU,
        /** Shows a picture and computes nothing: of a virtual machine or a server's board. */
        DISPLAY
    }
}
