package io.outrider.launcher.executor;

import io.outrider.contract.Contract;
import io.outrider.engine.ObjectHandle;
import io.outrider.error.OutriderException;
import io.outrider.protocol.ObjectSystem;
import io.outrider.telemetry.Log;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleToIntFunction;
import java.util.function.DoubleToLongFunction;
import java.util.function.IntBinaryOperator;
import java.util.function.IntSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongToIntFunction;

/**
 * Objects, calls and a task of Outrider's own, after which the first ones of the user's find all classes loaded, all codecs made,
 * and the code that generates dispatchers compiled. It leaves nothing in the worker. Blocks, within a bound; a failure is logged
 * and means nothing.
 */
final class Rehearsal {
    private static final Log LOG = Log.of(Rehearsal.class);
    /** Interfaces of the JDK that can be contracts: for each the worker generates a dispatcher, as it will for the user's. */
    private static final List<Class<?>> PARTS = List.of(
            IntSupplier.class,
            LongSupplier.class,
            DoubleSupplier.class,
            BooleanSupplier.class,
            IntBinaryOperator.class,
            LongBinaryOperator.class,
            DoubleBinaryOperator.class,
            IntToLongFunction.class,
            IntToDoubleFunction.class,
            LongToIntFunction.class,
            LongToDoubleFunction.class,
            DoubleToIntFunction.class,
            DoubleToLongFunction.class);

    private static final int CALLS = 3;
    private static final long LIMIT_S = 10;

    private Rehearsal() {}

    /** What is called; public since its stub is generated. */
    public interface Part {
        /**
         * Answers.
         *
         * @param line what is said
         * @return the same
         */
        String play(String line);
    }

    /** Plays all parts; those beside the first are never called. */
    static final class Player
            implements Part,
                    IntSupplier,
                    LongSupplier,
                    DoubleSupplier,
                    BooleanSupplier,
                    IntBinaryOperator,
                    LongBinaryOperator,
                    DoubleBinaryOperator,
                    IntToLongFunction,
                    IntToDoubleFunction,
                    LongToIntFunction,
                    LongToDoubleFunction,
                    DoubleToIntFunction,
                    DoubleToLongFunction {
        @Override
        public String play(final String line) {
            return line;
        }

        @Override
        public int getAsInt() {
            return 0;
        }

        @Override
        public long getAsLong() {
            return 0;
        }

        @Override
        public double getAsDouble() {
            return 0;
        }

        @Override
        public boolean getAsBoolean() {
            return false;
        }

        @Override
        public int applyAsInt(final int a, final int b) {
            return 0;
        }

        @Override
        public long applyAsLong(final long a, final long b) {
            return 0;
        }

        @Override
        public double applyAsDouble(final double a, final double b) {
            return 0;
        }

        @Override
        public long applyAsLong(final int value) {
            return 0;
        }

        @Override
        public double applyAsDouble(final int value) {
            return 0;
        }

        @Override
        public int applyAsInt(final long value) {
            return 0;
        }

        @Override
        public double applyAsDouble(final long value) {
            return 0;
        }

        @Override
        public int applyAsInt(final double value) {
            return 0;
        }

        @Override
        public long applyAsLong(final double value) {
            return 0;
        }
    }

    static void run(final Worker worker) {
        try {
            play(worker);
            for (final Class<?> part : PARTS) {
                make(worker, Contract.of(part)).close();
            }
            worker.submit(() -> CALLS).get(LIMIT_S, TimeUnit.SECONDS);
        } catch (final OutriderException | ExecutionException | TimeoutException failure) {
            // In strict mode, say, where no class of Outrider's own may cross either.
            LOG.debug("worker {} was not rehearsed to the end", worker.id(), failure);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void play(final Worker worker) {
        try (ObjectHandle<Part> object = make(worker, Contract.of(Part.class))) {
            for (int i = 0; i < CALLS; i++) {
                object.stub().play("line");
            }
        }
    }

    private static <T> ObjectHandle<T> make(final Worker worker, final Contract<T> contract) {
        worker.reserve();
        return worker.create(contract, null, system -> make(system, contract));
    }

    private static long make(final ObjectSystem system, final Contract<?> contract) {
        try {
            return system.create(contract.name(), contract.digest(), 1, Player::new);
        } catch (final OutriderException failure) {
            throw failure;
        } catch (final Exception impossible) { // what the factory throws arrives as a RemoteCallException
            throw new IllegalStateException(impossible);
        }
    }
}
