package io.outrider.launcher.serializers;

import io.outrider.api.serializer.Serializer;
import io.outrider.api.serializer.SerializerContext;
import io.outrider.api.serializer.SerializerProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A serializer of a user's own, as the guide shows it: JDK serialization, compressed. */
public final class DeflatedProvider implements SerializerProvider {
    /** How many graphs were written in this process. */
    static final AtomicInteger WRITTEN = new AtomicInteger();

    @Override
    public String name() {
        return "deflated";
    }

    @Override
    public Serializer newSerializer(SerializerContext context) {
        return new Deflated(context);
    }

    private record Deflated(SerializerContext context) implements Serializer {
        @Override
        public void write(Object root, OutputStream out) throws IOException {
            WRITTEN.incrementAndGet();
            DeflaterOutputStream deflated = new DeflaterOutputStream(out);
            ObjectOutputStream objects = new ObjectOutputStream(deflated) {
                {
                    enableReplaceObject(true);
                }

                @Override
                protected Object replaceObject(Object object) {
                    return context.standIn(object);
                }
            };
            objects.writeObject(root);
            objects.flush();
            deflated.close();
        }

        @Override
        public Object read(InputStream in) throws IOException, ClassNotFoundException {
            InflaterInputStream inflated = new InflaterInputStream(in);
            ObjectInputStream objects = new ObjectInputStream(inflated) {
                {
                    enableResolveObject(true);
                    setObjectInputFilter(context.filter());
                }

                @Override
                protected Object resolveObject(Object object) {
                    return context.original(object);
                }

                @Override
                protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
                    return type.getName().startsWith("[") ? super.resolveClass(type) : context.load(type.getName());
                }
            };
            Object root = objects.readObject();
            // The object ends before its compressed form does, the checksum of which is read, and compared, only now.
            if (inflated.read() >= 0) {
                throw new StreamCorruptedException("more than one object");
            }
            inflated.close();
            return root;
        }
    }
}
