package io.outrider.launcher.support;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.OutriderConfig;
import io.outrider.config.PoolConfig;
import io.outrider.config.RestartPolicy;

/** Workers that start fast and take little, since a test run starts many. */
public final class SmallWorkers {
    private SmallWorkers() {}

    public static RemoteExecutor open(OutriderBuilder settings) {
        return Outrider.open(settings.conclude());
    }

    public static OutriderBuilder on(String transport) {
        return OutriderConfig.builder()
                .transport(transport)
                .pool(PoolConfig.DEFAULT.restart(RestartPolicy.FAIL)) // what a test kills stays dead
                .jvmArguments("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }
}
