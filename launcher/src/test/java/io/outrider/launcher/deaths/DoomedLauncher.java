package io.outrider.launcher.deaths;

import io.outrider.Outrider;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.launcher.support.SmallWorkers;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The main class of a launcher that is killed: one idle worker, and one for each way to be busy that the arguments name. Says
 * the pids, then waits to be killed.
 */
final class DoomedLauncher {
    private DoomedLauncher() {}

    public static void main(String[] args) throws Exception {
        String transport = args[0];
        Path base = Path.of(args[1]);
        int busy = args.length - 2;
        RemoteExecutor workers = Outrider.open(
                SmallWorkers.on(transport).workers(1 + busy).baseDirectory(base).conclude());
        for (int i = 0; i <= busy; i++) {
            RemoteObject<Victim> object = workers.create(Victim.class, Victim.Real::new, ObjectOptions.DEFAULT.on(i));
            String name = i == 0 ? "idle" : args[1 + i];
            long pid = object.stub().pid();
            switch (name) {
                case "sleep" -> object.async(v -> v.sleep(600_000));
                case "sleepUnknown" -> object.async(v -> v.sleepUnknown(600_000));
                case "spin" -> object.async(Victim::spin);
                case "ignore" -> object.async(Victim::ignoreInterrupts);
                default -> {}
            }
            // Answered after the call above has begun: same worker, another object.
            workers.create(Victim.class, Victim.Real::new, ObjectOptions.DEFAULT.on(i))
                    .stub()
                    .answer(1);
            System.out.println("worker " + name + " " + pid);
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
