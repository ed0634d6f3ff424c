package io.outrider.launcher.cli.demo;

/** Says on what the figures were measured. */
final class JavaRuntime {
    private JavaRuntime() {}

    static String describe() {
        return "Java " + Runtime.version() + ", " + System.getProperty("os.name") + ' ' + System.getProperty("os.arch");
    }
}
