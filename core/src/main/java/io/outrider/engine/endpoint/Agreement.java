package io.outrider.engine.endpoint;

import io.outrider.contract.Contract;
import io.outrider.error.ConfigurationException;
import io.outrider.error.ContractException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.remote.RemoteReferences;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what two processes must have the same before they can talk. Stateless, safe from any thread. */
public final class Agreement {
    private Agreement() {}

    /**
     * Makes the rules of encoding that the other side has, and compares the contracts.
     *
     * @param vocabulary the other side's
     * @param open this side's rules where any class may cross
     * @param loader finds the classes that it names
     * @param references turns stubs into references
     * @return this side's rules
     * @throws ContractException if the two differ, naming both values
     * @throws ConfigurationException if a class or the serializer that is named is not to be had here
     */
    public static Marshaller on(
            final Vocabulary vocabulary,
            final Marshaller open,
            final ClassLoader loader,
            final RemoteReferences references) {
        final List<String> strict = vocabulary.strictTypes();
        final Marshaller types = strict == null
                ? open
                : Marshaller.strict(
                        loader,
                        strict.stream()
                                .<Class<?>>map(name -> load(name, "strict type", loader))
                                .toList(),
                        references);
        final Marshaller marshaller = types.with(vocabulary.serializer());
        requireSame("the types that may cross", vocabulary.typesDigest(), marshaller.typeDigest());
        for (final Map.Entry<String, Long> contract : vocabulary.contracts().entrySet()) {
            final long own =
                    Contract.of(load(contract.getKey(), "contract", loader)).digest();
            requireSame("the contract " + contract.getKey(), contract.getValue(), own);
        }
        return marshaller;
    }

    static void requireSerializer(final @Nullable String wanted, final String found, final String address) {
        if (wanted != null && !wanted.equals(found)) {
            throw new ConfigurationException("the worker at " + address + " has the serializer " + found
                    + ", this side names " + wanted + ": let both name the same");
        }
    }

    private static Class<?> load(final String name, final String what, final ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (final ClassNotFoundException e) {
            throw new ConfigurationException(
                    "the " + what + " " + name + " is not on the class path of this process", e);
        }
    }

    private static void requireSame(final String what, final long theirs, final long own) {
        if (theirs != own) {
            throw new ContractException(what + " differ: the other side has the digest " + Long.toHexString(theirs)
                    + ", this one " + Long.toHexString(own) + ": let both have the same version on their class paths");
        }
    }
}
