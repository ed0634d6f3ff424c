package io.outrider.marshal.serial;

import io.outrider.marshal.remote.RemoteReference;
import java.io.ObjectInputFilter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the setting {@code serialFilter} becomes: its limits in place of the default ones, its classes before the default
 * ones, and the filter of the JVM, if it has one, besides. Stand-ins of stubs and loans pass whatever it says about classes.
 */
final class SerialFilter {
    private static final String LIMITS = "maxdepth=300;maxrefs=10000000;maxarray=134217728;maxbytes=1073741824;";
    /** What is made to run code of a message's choosing: remote objects, names to be looked up, expressions. */
    private static final String CLASSES =
            ";!java.rmi.**;!java.beans.**;!javax.management.**;!javax.naming.**;!javax.script.**;!sun.rmi.**;!com.sun.**";

    private SerialFilter() {}

    /**
     * Makes a filter.
     *
     * @param pattern the setting
     * @return an immutable filter
     */
    static ObjectInputFilter of(final @Nullable String pattern) {
        final String given = pattern == null ? "" : pattern;
        final ObjectInputFilter limits = ObjectInputFilter.Config.createFilter(LIMITS + only(given, true));
        final ObjectInputFilter classes = ObjectInputFilter.Config.createFilter(only(given, false) + CLASSES);
        final ObjectInputFilter own = info -> {
            final ObjectInputFilter.Status bounds = limits.checkInput(info);
            return bounds == ObjectInputFilter.Status.REJECTED || isStandIn(info.serialClass())
                    ? bounds
                    : classes.checkInput(info);
        };
        return ObjectInputFilter.merge(own, ObjectInputFilter.Config.getSerialFilter());
    }

    private static boolean isStandIn(final @Nullable Class<?> type) {
        return type == LoanIndex.class || type == RemoteReference.class;
    }

    private static String only(final String pattern, final boolean limits) {
        return Arrays.stream(pattern.split(";"))
                .filter(each -> each.contains("=") == limits)
                .collect(Collectors.joining(";"));
    }
}
