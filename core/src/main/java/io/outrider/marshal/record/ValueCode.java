package io.outrider.marshal.record;

import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.model.ValueKind;
import java.util.Locale;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The byte code by which generated classes write and read one value of a declared type. Stateless. */
public final class ValueCode {
    private static final String WRITER = Type.getInternalName(ValueWriter.class);
    private static final String READER = Type.getInternalName(ValueReader.class);

    private ValueCode() {}

    /**
     * Emits the call that writes a value. On the operand stack: a {@link ValueWriter}, then the value.
     *
     * @param code to append to
     * @param declared the declared type of the value, not void
     */
    public static void put(final MethodVisitor code, final Class<?> declared) {
        final ValueKind kind = ValueKind.of(declared);
        if (kind == ValueKind.RECORD) {
            code.visitLdcInsn(Type.getType(declared));
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, WRITER, "putRecord", "(Ljava/lang/Record;Ljava/lang/Class;)V", false);
            return;
        }
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                WRITER,
                "put" + capitalised(kind),
                "(" + kind.type().descriptorString() + ")V",
                false);
    }

    /**
     * Emits the call that reads a value. On the operand stack: a {@link ValueReader}, replaced by the value.
     *
     * @param code to append to
     * @param declared the declared type of the value, not void
     */
    public static void get(final MethodVisitor code, final Class<?> declared) {
        final ValueKind kind = ValueKind.of(declared);
        if (kind == ValueKind.RECORD) {
            code.visitLdcInsn(Type.getType(declared));
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, READER, "getRecord", "(Ljava/lang/Class;)Ljava/lang/Record;", false);
        } else {
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    READER,
                    "get" + capitalised(kind),
                    "()" + kind.type().descriptorString(),
                    false);
        }
        if (kind == ValueKind.OBJECT || kind == ValueKind.RECORD) {
            code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(declared));
        }
    }

    private static String capitalised(final ValueKind kind) {
        return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
