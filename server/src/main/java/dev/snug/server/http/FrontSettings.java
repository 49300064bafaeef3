package dev.snug.server.http;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Where a front listens, and what it trusts.
 *
 * @param address to listen on; port 0 for any free one
 * @param spool folder of its own for files that come in; emptied at the start
 * @param trustProxy whether X-Forwarded-For, -Proto and -Host are believed; then the proxy also
 *     decides which hosts it serves
 * @param logClients whether log lines name the client's address
 * @param proc where the kernel tells of its connections, {@code /proc}
 * @param limits what one client may take
 */
public record FrontSettings(
        InetSocketAddress address,
        Path spool,
        boolean trustProxy,
        boolean logClients,
        Path proc,
        FrontLimits limits) {
    public FrontSettings {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("no address is known for " + address);
        }
    }

    /** A front that trusts nobody, with {@link FrontLimits#DEFAULT}. */
    public static FrontSettings of(InetSocketAddress address, Path spool) {
        return new FrontSettings(
                address, spool, false, false, Path.of("/proc"), FrontLimits.DEFAULT);
    }

    /** The same behind a proxy, or not. */
    public FrontSettings withTrustProxy(boolean trust) {
        return new FrontSettings(address, spool, trust, logClients, proc, limits);
    }

    /** The same with other limits. */
    public FrontSettings withLimits(FrontLimits other) {
        return new FrontSettings(address, spool, trustProxy, logClients, proc, other);
    }
}
