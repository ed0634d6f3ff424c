package io.outrider.launcher.process;

import io.outrider.config.OutriderConfig;
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.protocol.control.DoorbellHub;
import java.util.concurrent.Future;

/**
 * Which worker to start, and how. Immutable.
 *
 * @param workerId from 0
 * @param incarnation which process of that worker it will be, from 1; never used twice in one session
 * @param config of the executor
 * @param session where the worker's directory is made
 * @param hub with which the worker's doorbell is registered
 * @param mainClass of the worker
 * @param options of this one process
 * @param terms what is agreed with the worker; may still be computed while its JVM boots
 */
public record StartRequest(
        int workerId,
        int incarnation,
        OutriderConfig config,
        SessionDirectory session,
        DoorbellHub hub,
        String mainClass,
        LaunchOptions options,
        Future<WorkerTerms> terms) {}
