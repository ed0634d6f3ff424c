package io.outrider.contract;

import io.outrider.api.ReturnsProxy;
import io.outrider.error.ContractException;
import io.outrider.model.Fronting;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channel;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Spliterator;
import java.util.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/** Which interfaces can be contracts and which declared types can cross, so that what never could is refused early. */
final class RemotableTypes {
    private static final String BOUND = "it is bound to the process that made it";
    private static final String GENERATOR =
            "values over time are declared as an Iterator, Stream, Flow.Publisher or RemoteStream, or a primitive form of these, themselves";
    private static final String LATER =
            "only a CompletionStage or CompletableFuture can come later, and only as what a method returns";

    private static final String BUFFER =
            "such a buffer crosses to be read: declare it as org.agrona.DirectBuffer, or pass a"
                    + " Loan to have memory filled in place";

    private static final Map<Class<?>, String> REASONS = reasons();

    private RemotableTypes() {}

    static void checkType(final Class<?> type) {
        if (Exposure.isExposed(type)) {
            Exposure.check(type);
            return;
        }
        if (!type.isInterface() || type.isAnnotation()) {
            throw new ContractException(
                    type.getName() + " can't be a contract: it is not an interface, and exposes nothing by @Expose");
        }
        if (type.isSealed()) {
            throw new ContractException(
                    type.getName() + " can't be a contract: it is sealed, so no stub can implement it");
        }
        if (type.isHidden()) {
            throw new ContractException(
                    type.getName() + " can't be a contract: a hidden class has no name in another JVM");
        }
    }

    static void checkMethod(final Class<?> contract, final Method method) {
        if (method.isAnnotationPresent(ReturnsProxy.class)) {
            checkProxied(contract, method);
        }
        final Class<?>[] parameters = method.getParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            final String reason = reasonAgainst(carried(parameters[i], method.getGenericParameterTypes()[i]));
            if (reason != null) {
                throw refusal(contract, method, "parameter " + (i + 1), parameters[i], reason);
            }
        }
        final String reason = ContractMethod.isDeferred(method)
                ? null
                : reasonAgainst(carried(method.getReturnType(), method.getGenericReturnType()));
        if (reason != null) {
            throw refusal(contract, method, "the result", method.getReturnType(), reason);
        }
    }

    /** What stands in frames: the values, where the declared type stands for values over time. */
    private static Class<?> carried(final Class<?> declared, final Type generic) {
        final StreamShape stream = StreamShape.of(declared, generic);
        return stream == null ? declared : stream.element();
    }

    /** A stub can only stand for what could be a contract; whether all its methods can be called shows when it is used. */
    private static void checkProxied(final Class<?> contract, final Method method) {
        try {
            checkType(method.getReturnType());
        } catch (final ContractException undefined) {
            throw new ContractException(
                    contract.getName() + " can't be a contract: " + method.toGenericString() + " returns a proxy, and "
                            + undefined.getMessage(),
                    undefined);
        }
    }

    private static ContractException refusal(
            final Class<?> contract,
            final Method method,
            final String place,
            final Class<?> type,
            final String reason) {
        return new ContractException(contract.getName() + " can't be a contract: in " + method.toGenericString() + ' '
                + place + " is a " + type.getName() + ", and " + reason);
    }

    private static @Nullable String reasonAgainst(final Class<?> declared) {
        Class<?> type = declared;
        while (type.isArray()) {
            type = type.getComponentType();
        }
        if (Fronting.class.isAssignableFrom(type)) {
            return null; // it crosses as the stub that it stands before
        }
        for (final Map.Entry<Class<?>, String> entry : REASONS.entrySet()) {
            if (entry.getKey().isAssignableFrom(type)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static Map<Class<?>, String> reasons() {
        final Map<Class<?>, String> reasons = new LinkedHashMap<>();
        for (final Class<?> generator : new Class<?>[] {
            Iterator.class, Enumeration.class, Spliterator.class, BaseStream.class, Flow.Publisher.class
        }) {
            reasons.put(generator, GENERATOR);
        }
        reasons.put(MutableDirectBuffer.class, BUFFER);
        reasons.put(CompletionStage.class, LATER);
        reasons.put(Future.class, LATER);
        for (final Class<?> bound : new Class<?>[] {
            InputStream.class,
            OutputStream.class,
            Reader.class,
            Writer.class,
            Channel.class,
            Socket.class,
            ServerSocket.class,
            DatagramSocket.class,
            Thread.class,
            ThreadGroup.class,
            ThreadLocal.class,
            ClassLoader.class,
            Process.class,
            ProcessHandle.class,
            Executor.class,
            Timer.class,
            MethodHandle.class,
            VarHandle.class,
            Runtime.class,
            java.lang.ref.Reference.class,
            Module.class
        }) {
            reasons.put(bound, BOUND);
        }
        return reasons;
    }
}
