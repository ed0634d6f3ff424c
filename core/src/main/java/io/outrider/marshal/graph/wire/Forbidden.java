package io.outrider.marshal.graph.wire;

import io.outrider.api.RemoteExecutor;
import io.outrider.model.Fronting;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channel;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/** Types whose values are bound to their JVM, and so can't be sent whatever else holds of them. Stateless. */
public final class Forbidden {
    private static final List<Class<?>> TYPES = List.of(
            Thread.class,
            ThreadGroup.class,
            ThreadLocal.class,
            ClassLoader.class,
            Process.class,
            Runtime.class,
            InputStream.class,
            OutputStream.class,
            Reader.class,
            Writer.class,
            Socket.class,
            ServerSocket.class,
            DatagramSocket.class,
            Channel.class,
            Selector.class,
            Lock.class,
            ReadWriteLock.class,
            Condition.class,
            Timer.class,
            TimerTask.class,
            MethodHandle.class,
            VarHandle.class,
            Reference.class,
            RemoteExecutor.class,
            CompletionStage.class);

    private Forbidden() {}

    public static boolean isForbidden(final Class<?> type) {
        return Proxy.isProxyClass(type)
                || type.isHidden()
                || (!Fronting.class.isAssignableFrom(type)
                        && TYPES.stream().anyMatch(each -> each.isAssignableFrom(type)));
    }

    /**
     * Says why a type can't be sent.
     *
     * @param type that is forbidden
     * @return the refusal, to be thrown
     */
    public static Refusal refusal(final Class<?> type) {
        final String what;
        if (Proxy.isProxyClass(type)) {
            what = "a proxy of " + List.of(type.getInterfaces());
        } else {
            what = type.isHidden() ? "a hidden class (" + type.getName() + ")" : type.getName();
        }
        return new Refusal(what
                + " can't be sent: it is bound to its JVM. Send what it is made from, or mark the field transient");
    }
}
