package dev.snug.cli.compare;

/**
 * One of two models, and what a process of its own took to answer all cases.
 *
 * @param model its name
 * @param weightBytes of its weights on disk
 * @param peakBytes resident, all pages, as the kernel kept it: 0 where nobody ran it
 * @param cpuMicros processor time of the whole process, start and loading included
 */
public record Side(String model, long weightBytes, long peakBytes, long cpuMicros) {}
