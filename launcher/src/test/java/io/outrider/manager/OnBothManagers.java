package io.outrider.manager;

import io.outrider.config.OutriderBuilder;
import io.outrider.launcher.support.OnBothTransports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The base of tests of managers: a manager for each test, in the worker that the tests of the class share. */
abstract class OnBothManagers extends OnBothTransports {
    private Manager manager;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.maxInFlight(2_048);
    }

    @BeforeEach
    final void openManager() {
        manager = Managers.in(workers());
    }

    @AfterEach
    final void closeManager() {
        manager.close();
    }

    final Manager manager() {
        return manager;
    }
}
