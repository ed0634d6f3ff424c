package io.outrider.launcher.cli;

/**
 * One line of the doctor.
 *
 * @param level how bad it is
 * @param what was found
 * @param advice what to do about it, empty if nothing
 */
record Finding(Level level, String what, String advice) {
    /** How bad it is. */
    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(final String what) {
        return new Finding(Level.OK, what, "");
    }

    static Finding warn(final String what, final String advice) {
        return new Finding(Level.WARN, what, advice);
    }

    static Finding fail(final String what, final String advice) {
        return new Finding(Level.FAIL, what, advice);
    }
}
