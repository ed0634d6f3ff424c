package io.outrider.launcher.jvm;

import io.outrider.error.ConfigurationException;

/** Where Outrider runs. Stateless, safe from any thread. */
public final class Platform {
    private Platform() {}

    /**
     * Refuses to go on where it does not.
     *
     * @throws ConfigurationException on Windows
     */
    public static void require() {
        require(LauncherProperties.isWindows(), LauncherProperties.operatingSystem());
    }

    static void require(final boolean windows, final String name) {
        if (windows) {
            throw new ConfigurationException("Outrider does not run on " + name
                    + " yet: its sessions need POSIX permissions and files that can be deleted while they are mapped."
                    + " Run it on Linux, for which WSL 2 will do, or on macOS");
        }
    }
}
