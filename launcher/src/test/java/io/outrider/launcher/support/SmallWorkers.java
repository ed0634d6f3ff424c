package io.outrider.launcher.support;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.OutriderConfig;

/** Workers that start fast and take little, since a test run starts many. */
public final class SmallWorkers {
    private SmallWorkers() {}

    public static RemoteExecutor open(OutriderBuilder settings) {
        return Outrider.open(settings.conclude());
    }

    public static OutriderBuilder on(String transport) {
        return OutriderConfig.builder()
                .transport(transport)
                .jvmArguments("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }
}
