package io.outrider.engine.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** By which other addresses workers are known here. Where one alias was given twice the last one that is still there counts. Safe from any thread. */
final class Aliases {
    private final Map<String, List<String>> byAlias = new ConcurrentHashMap<>(); // of immutable lists, none empty

    void add(final String alias, final String address) {
        byAlias.merge(alias, List.of(address), (before, added) -> {
            final List<String> all = new ArrayList<>(before);
            all.addAll(added);
            return List.copyOf(all);
        });
    }

    void remove(final String alias, final String address) {
        byAlias.computeIfPresent(alias, (same, before) -> {
            final List<String> left = new ArrayList<>(before);
            left.remove(address);
            return left.isEmpty() ? null : List.copyOf(left);
        });
    }

    /** Where the worker is reached that an address names. */
    String resolve(final String address) {
        final List<String> known = byAlias.get(address);
        return known == null ? address : known.get(known.size() - 1);
    }
}
