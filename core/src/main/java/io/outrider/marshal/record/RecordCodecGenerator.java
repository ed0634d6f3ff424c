package io.outrider.marshal.record;

import java.lang.reflect.RecordComponent;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the class of a record's codec, which is, in Java:
 *
 * <pre>
 *   void write(Object value, ValueWriter w) { R r = (R) value; w.putInt(r.a()); w.putString(r.b()); }
 *   Object read(ValueReader r) { return new R(r.getInt(), r.getString()); }
 * </pre>
 */
final class RecordCodecGenerator {
    private static final String SUPER = Type.getInternalName(RecordCodec.class);
    private static final String WRITE = "(Ljava/lang/Object;Lio/outrider/marshal/ValueWriter;)V";
    private static final String READ = "(Lio/outrider/marshal/ValueReader;)Ljava/lang/Object;";

    private RecordCodecGenerator() {}

    static byte[] generate(final Class<?> type, final String name) {
        final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS); // no branches, so no frames
        final String record = Type.getInternalName(type);
        writer.visit(
                Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC, name, null, SUPER, null);
        constructor(writer);
        write(writer, type, record);
        read(writer, type, record);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void constructor(final ClassWriter writer) {
        final MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void write(final ClassWriter writer, final Class<?> type, final String record) {
        final MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "write", WRITE, null, null);
        code.visitCode();
        for (final RecordComponent component : type.getRecordComponents()) {
            code.visitVarInsn(Opcodes.ALOAD, 2);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitTypeInsn(Opcodes.CHECKCAST, record);
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    record,
                    component.getName(),
                    "()" + component.getType().descriptorString(),
                    false);
            ValueCode.put(code, component.getType());
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void read(final ClassWriter writer, final Class<?> type, final String record) {
        final MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "read", READ, null, null);
        final StringBuilder components = new StringBuilder("(");
        code.visitCode();
        code.visitTypeInsn(Opcodes.NEW, record);
        code.visitInsn(Opcodes.DUP);
        for (final RecordComponent component : type.getRecordComponents()) {
            code.visitVarInsn(Opcodes.ALOAD, 1);
            ValueCode.get(code, component.getType());
            components.append(component.getType().descriptorString());
        }
        code.visitMethodInsn(
                Opcodes.INVOKESPECIAL, record, "<init>", components.append(")V").toString(), false);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
