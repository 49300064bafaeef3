package dev.snug.runtime.worker;

import java.util.List;

/**
 * A pool at one moment. Workers that start or end are in neither list.
 *
 * @param idlePids process ids of workers without a request, the one used last first
 * @param busyPids process ids of workers with a request
 * @param waiting requests without a worker
 * @param starts workers started so far, failed starts included
 */
public record PoolState(List<Long> idlePids, List<Long> busyPids, int waiting, long starts) {}
