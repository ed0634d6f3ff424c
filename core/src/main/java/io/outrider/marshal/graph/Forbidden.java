package io.outrider.marshal.graph;

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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/** Types whose values are bound to their JVM, and so can't be sent whatever else holds of them. Stateless. */
final class Forbidden {
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
            Reference.class);

    private Forbidden() {}

    static boolean isForbidden(final Class<?> type) {
        return Proxy.isProxyClass(type)
                || type.isHidden()
                || TYPES.stream().anyMatch(each -> each.isAssignableFrom(type));
    }
}
