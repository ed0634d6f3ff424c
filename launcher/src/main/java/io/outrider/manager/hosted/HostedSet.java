package io.outrider.manager.hosted;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** A set that keeps the order in which its elements came. */
public final class HostedSet extends HostedCollection<LinkedHashSet<@Nullable Object>> {
    /** Makes an empty one. */
    public HostedSet() {
        super(new LinkedHashSet<>());
    }
}
