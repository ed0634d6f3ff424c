package io.outrider.marshal.record;

import io.outrider.error.SerializationException;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;

/**
 * Writes and reads the components of one record class. The superclass of generated classes, made once for each record class;
 * stateless, safe from any thread.
 */
public abstract class RecordCodec {
    private static final ClassValue<RecordCodec> CODECS = new ClassValue<>() {
        @Override
        protected RecordCodec computeValue(final Class<?> type) {
            return make(type);
        }
    };

    /** For generated classes. */
    protected RecordCodec() {}

    /**
     * The codec of a record class.
     *
     * @param type the record class
     * @return the same object every time
     * @throws SerializationException if none can be made, saying why
     */
    public static RecordCodec of(final Class<?> type) {
        return CODECS.get(type);
    }

    /**
     * Writes the components in order.
     *
     * @param value of the record class
     * @param writer takes them
     */
    public abstract void write(Object value, ValueWriter writer);

    /**
     * Reads the components in order and calls the canonical constructor.
     *
     * @param reader holds them
     * @return a new record
     */
    public abstract Object read(ValueReader reader);

    private static RecordCodec make(final Class<?> type) {
        try {
            final ClassHome home = ClassHome.of(type);
            if (home.isInOwnModule() && Modifier.isPrivate(type.getModifiers())) {
                throw new SerializationException("record " + type.getName()
                        + " can't be sent: it is private, and stands in a module of its own; give it package access");
            }
            return (RecordCodec) home.define(
                            RecordCodecGenerator.generate(type, home.nameFor("$Codec")),
                            MethodType.methodType(void.class))
                    .invoke();
        } catch (final IllegalAccessException closed) {
            throw new SerializationException(
                    "record " + type.getName() + " can't be sent: its module "
                            + type.getModule().getName() + " must open package " + type.getPackageName()
                            + " to Outrider",
                    closed);
        } catch (final SerializationException refused) {
            throw refused;
        } catch (final Throwable failure) { // a LinkageError, say, where the class loader is unusual
            throw new SerializationException(
                    "record " + type.getName() + " can't be sent: no codec can be made: " + failure, failure);
        }
    }
}
