package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Refusal;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one class that are sent: those of its ancestors first, each class in the order of names; neither static
 * nor transient. Immutable, safe from any thread. Primitives stand as they are, references with their class.
 */
public final class ObjectFields {
    private final Field[] fields;

    private ObjectFields(final Field[] fields) {
        this.fields = fields;
    }

    /**
     * Finds the fields of a class and its ancestors.
     *
     * @param type whose fields are sent
     * @param ancestor where to stop; its own fields are not included
     * @return the fields, made accessible
     */
    public static ObjectFields between(final Class<?> type, final Class<?> ancestor) {
        final List<Field> all = new ArrayList<>();
        for (Class<?> each = type; each != ancestor; each = each.getSuperclass()) {
            all.addAll(0, sentFields(each));
        }
        for (final Field field : all) {
            if (!field.trySetAccessible()) {
                throw new Refusal(type.getName() + " can't be sent: its module does not open the package "
                        + field.getDeclaringClass().getPackageName() + " for the field " + field.getName());
            }
        }
        return new ObjectFields(all.toArray(new Field[0]));
    }

    public static List<Field> sentFields(final Class<?> type) {
        final List<Field> sent = new ArrayList<>();
        for (final Field field : type.getDeclaredFields()) {
            if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                sent.add(field);
            }
        }
        // The order of reflection is not promised to be the same in every JVM.
        sent.sort((a, b) -> a.getName().compareTo(b.getName()));
        return sent;
    }

    public void write(final Kryo kryo, final Output output, final Object object) {
        for (final Field field : fields) {
            try {
                // Here and not in a method of its own: a chain of objects needs stack for every frame, many times over.
                if (field.getType().isPrimitive()) {
                    writePrimitive(output, object, field);
                } else {
                    kryo.writeClassAndObject(output, field.get(object));
                }
            } catch (final Refusal e) {
                throw e.at("." + field.getName());
            } catch (final IllegalAccessException e) {
                throw new Refusal(field + " can't be read", e);
            }
        }
    }

    public void read(final Kryo kryo, final Input input, final Object object) {
        for (final Field field : fields) {
            try {
                if (field.getType().isPrimitive()) {
                    readPrimitive(input, object, field);
                } else {
                    field.set(object, kryo.readClassAndObject(input));
                }
            } catch (final Refusal e) {
                throw e.at("." + field.getName());
            } catch (final IllegalAccessException | IllegalArgumentException e) {
                throw new Refusal(field + " can't be set: " + e.getMessage(), e);
            }
        }
    }

    private static void writePrimitive(final Output output, final Object object, final Field field)
            throws IllegalAccessException {
        final Class<?> type = field.getType();
        if (type == int.class) {
            output.writeVarInt(field.getInt(object), false);
        } else if (type == long.class) {
            output.writeVarLong(field.getLong(object), false);
        } else if (type == double.class) {
            output.writeDouble(field.getDouble(object));
        } else if (type == boolean.class) {
            output.writeBoolean(field.getBoolean(object));
        } else if (type == float.class) {
            output.writeFloat(field.getFloat(object));
        } else if (type == byte.class) {
            output.writeByte(field.getByte(object));
        } else if (type == char.class) {
            output.writeChar(field.getChar(object));
        } else {
            output.writeShort(field.getShort(object));
        }
    }

    private static void readPrimitive(final Input input, final Object object, final Field field)
            throws IllegalAccessException {
        final Class<?> type = field.getType();
        if (type == int.class) {
            field.setInt(object, input.readVarInt(false));
        } else if (type == long.class) {
            field.setLong(object, input.readVarLong(false));
        } else if (type == double.class) {
            field.setDouble(object, input.readDouble());
        } else if (type == boolean.class) {
            field.setBoolean(object, input.readBoolean());
        } else if (type == float.class) {
            field.setFloat(object, input.readFloat());
        } else if (type == byte.class) {
            field.setByte(object, input.readByte());
        } else if (type == char.class) {
            field.setChar(object, input.readChar());
        } else {
            field.setShort(object, input.readShort());
        }
    }
}
