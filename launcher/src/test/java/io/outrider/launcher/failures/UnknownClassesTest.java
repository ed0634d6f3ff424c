package io.outrider.launcher.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.error.RemoteCallException;
import io.outrider.error.RemoteThrowable;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.ClassPaths;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.LeavesNothingBehind;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that only the worker has: what it throws is told all the same, what it returns is refused by name. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class UnknownClassesTest {
    private static final String ONLY_THERE = """
            package io.outrider.launcher.failures;
            public final class OnlyThere extends RuntimeException {
                public OnlyThere(String message, Throwable cause) { super(message, cause); }
                public static Object value() { return new Value(); }
                public static final class Value { int x = 1; }
            }
            """;

    @TempDir
    Path directory;

    interface Loader {
        int call(String className);

        Object value(String className);
    }

    static final class Reflecting implements Loader {
        @Override
        public int call(String className) {
            RuntimeException thrown;
            try {
                thrown = (RuntimeException) Class.forName(className)
                        .getConstructor(String.class, Throwable.class)
                        .newInstance("told", new java.io.IOException("below"));
            } catch (ReflectiveOperationException broken) {
                throw new AssertionError(broken);
            }
            throw thrown;
        }

        @Override
        public Object value(String className) {
            try {
                return Class.forName(className).getMethod("value").invoke(null);
            } catch (ReflectiveOperationException broken) {
                throw new AssertionError(broken);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void areToldByName(String transport) throws Exception {
        String name = "io.outrider.launcher.failures.OnlyThere";
        ClassPaths.compile(directory, name, ONLY_THERE);
        try (RemoteExecutor workers =
                        SmallWorkers.open(SmallWorkers.on(transport).classPath(ClassPaths.with(directory)));
                RemoteObject<Loader> object = workers.create(Loader.class, Reflecting::new)) {
            for (int i = 0; i < 3; i++) {
                RemoteCallException thrown = assertThrows(
                        RemoteCallException.class, () -> object.stub().call(name));
                assertEquals(name, thrown.failure().typeName());
                assertEquals("told", thrown.failure().message());
                assertEquals("java.io.IOException", thrown.failure().cause().typeName());
                assertFalse(thrown.hasOriginal());
                RemoteThrowable standIn = assertInstanceOf(RemoteThrowable.class, thrown.getCause());
                assertTrue(standIn.toString().startsWith(name), standIn::toString);
                assertTrue(standIn.getStackTrace().length > 0);
                SerializationException unknown = assertThrows(
                        SerializationException.class, () -> object.stub().value(name));
                assertTrue(unknown.getMessage().contains(name + "$Value"), unknown::getMessage);
            }
        }
    }
}
