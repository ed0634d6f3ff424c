package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.contract.Contract;
import io.outrider.error.ContractException;
import io.outrider.launcher.support.ClassPaths;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.LeavesNothingBehind;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that has another version of a contract says so, and what each side has. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ContractMismatchTest {
    private static final String OTHER_VERSION = """
            package io.outrider.launcher.calls;
            interface Versioned {
                int one();
                int two();
                class Here implements Versioned {
                    public int one() { return 1; }
                    public int two() { return 2; }
                }
            }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whenAnObjectIsMade(String transport) throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(otherVersion(transport))) {
            ContractException differs =
                    assertThrows(ContractException.class, () -> workers.create(Versioned.class, Versioned.Here::new));
            assertNamesBothDigests(differs);
            ContractException again =
                    assertThrows(ContractException.class, () -> workers.create(Versioned.class, Versioned.Here.class));
            assertNamesBothDigests(again);
            try (RemoteObject<Identity> other = workers.create(Identity.class, Identity.Self::new)) {
                assertEquals(workers.workers().get(0).pid(), other.stub().pid());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whenTheWorkerStarts(String transport) throws Exception {
        OutriderBuilder settings = otherVersion(transport).contracts(Identity.class, Versioned.class);
        assertNamesBothDigests(assertThrows(ContractException.class, () -> SmallWorkers.open(settings)));
    }

    private OutriderBuilder otherVersion(String transport) throws Exception {
        ClassPaths.compile(directory, Versioned.class.getName(), OTHER_VERSION);
        return SmallWorkers.on(transport).classPath(ClassPaths.with(directory));
    }

    private void assertNamesBothDigests(ContractException differs) throws Exception {
        String message = differs.getMessage();
        assertTrue(message.contains(Versioned.class.getName()), message);
        assertTrue(
                message.contains(Long.toHexString(Contract.of(Versioned.class).digest())), message);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            Class<?> theirs = loader.loadClass(Versioned.class.getName());
            assertTrue(message.contains(Long.toHexString(Contract.of(theirs).digest())), message);
        }
    }
}
