package io.outrider.actor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to attach to an actor. Immutable.
 *
 * @param serializer that the actor must have, or null for whichever it has
 * @param aliases by which references that arrive here may name the actor beside its address, as long as the handle is
 *     open; their calls take this link
 */
public record ConnectOptions(@Nullable String serializer, List<String> aliases) {
    /** Whichever serializer the actor has, no aliases. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(null, List.of());

    /** Copies the list. */
    public ConnectOptions {
        aliases = List.copyOf(aliases);
    }

    /**
     * Refuses an actor that has another serializer.
     *
     * @param name that both sides must name
     * @return other options
     */
    public ConnectOptions serializer(final String name) {
        return new ConnectOptions(name, aliases);
    }

    /**
     * Sets the aliases.
     *
     * @param names by which references may name the actor
     * @return other options
     */
    public ConnectOptions aliases(final String... names) {
        return new ConnectOptions(serializer, List.of(names));
    }
}
