package io.outrider.stub;

import io.outrider.contract.Contract;
import io.outrider.contract.ContractMethod;
import io.outrider.marshal.record.ValueCode;
import io.outrider.model.ValueKind;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the class of a contract's dispatcher. {@code dispatch} branches on the index to one method for each row of the
 * table, so that each is compiled, and inlined, by itself. Such a method is, in Java:
 *
 * <pre>
 *   static void m3(T target, IncomingCall call) throws Throwable {
 *     ValueReader r = call.arguments();
 *     int a = r.getInt();
 *     B b = (B) r.getObject();
 *     call.invoking();
 *     double result = target.m(a, b);
 *     call.returned().putDouble(result);
 *   }
 * </pre>
 *
 * An argument that stands for values over time is read by {@code (B) call.takeStream(1)}, and what a generator returns is given
 * to {@code call.yielded(result)}. Where the method returns a proxy, the result is {@code call.exported(target.m(a, b))}.
 * Where it returns a stage, the last two lines are {@code call.deferred(target.m(a, b))}.
 */
final class DispatcherGenerator {
    private static final String CALL = Type.getInternalName(IncomingCall.class);
    private static final String DEFERRED_DESCRIPTOR = "(Ljava/util/concurrent/CompletionStage;)V";
    private static final int TARGET = 0;
    private static final int CALL_LOCAL = 1;
    private static final int READER_LOCAL = 2;
    private static final int FIRST_ARGUMENT = 3;

    private DispatcherGenerator() {}

    static byte[] generate(final Contract<?> contract, final String self) {
        final ClassWriter writer = ClassShape.open(self, Dispatcher.class);
        constructor(writer);
        dispatch(writer, self, contract);
        for (final ContractMethod method : contract.methods()) {
            invoker(writer, contract.type(), method);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void constructor(final ClassWriter writer) {
        final MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, Type.getInternalName(Dispatcher.class), "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void dispatch(final ClassWriter writer, final String self, final Contract<?> contract) {
        final MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC, "dispatch", "(Ljava/lang/Object;IL" + CALL + ";)V", null, null);
        code.visitCode();
        final int count = contract.methods().size();
        final Label outOfRange = new Label();
        if (count > 0) {
            final Label[] rows = new Label[count];
            for (int i = 0; i < count; i++) {
                rows[i] = new Label();
            }
            code.visitVarInsn(Opcodes.ILOAD, 2);
            code.visitTableSwitchInsn(0, count - 1, outOfRange, rows);
            for (int i = 0; i < count; i++) {
                code.visitLabel(rows[i]);
                code.visitVarInsn(Opcodes.ALOAD, 1);
                code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(contract.type()));
                code.visitVarInsn(Opcodes.ALOAD, 3);
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC, self, invokerName(i), invokerDescriptor(contract.type()), false);
                code.visitInsn(Opcodes.RETURN);
            }
        }
        code.visitLabel(outOfRange);
        code.visitTypeInsn(Opcodes.NEW, "java/lang/IndexOutOfBoundsException");
        code.visitInsn(Opcodes.DUP);
        code.visitVarInsn(Opcodes.ILOAD, 2);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/IndexOutOfBoundsException", "<init>", "(I)V", false);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void invoker(final ClassWriter writer, final Class<?> contract, final ContractMethod method) {
        final MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC,
                invokerName(method.index()),
                invokerDescriptor(contract),
                null,
                null);
        final Type type = Type.getType(method.method());
        code.visitCode();
        readArguments(code, method, type);
        code.visitVarInsn(Opcodes.ALOAD, CALL_LOCAL);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "invoking", "()V", true);
        if (method.deferred()) {
            code.visitVarInsn(Opcodes.ALOAD, CALL_LOCAL);
        }
        code.visitVarInsn(Opcodes.ALOAD, TARGET);
        int local = FIRST_ARGUMENT;
        for (final Type argument : type.getArgumentTypes()) {
            code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
        }
        code.visitMethodInsn(
                contract.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(contract),
                method.method().getName(),
                type.getDescriptor(),
                contract.isInterface());
        if (method.deferred()) {
            code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "deferred", DEFERRED_DESCRIPTOR, true);
        } else {
            writeResult(code, method, type.getReturnType(), local);
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void readArguments(final MethodVisitor code, final ContractMethod method, final Type type) {
        code.visitVarInsn(Opcodes.ALOAD, CALL_LOCAL);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "arguments", "()L" + ClassShape.READER + ";", true);
        code.visitVarInsn(Opcodes.ASTORE, READER_LOCAL);
        int local = FIRST_ARGUMENT;
        for (int i = 0; i < method.parameters().size(); i++) {
            final Type argument = type.getArgumentTypes()[i];
            if (method.takes().containsKey(i)) {
                code.visitVarInsn(Opcodes.ALOAD, CALL_LOCAL);
                code.visitLdcInsn(i);
                code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "takeStream", "(I)Ljava/lang/Object;", true);
                code.visitTypeInsn(Opcodes.CHECKCAST, argument.getInternalName());
            } else {
                code.visitVarInsn(Opcodes.ALOAD, READER_LOCAL);
                ValueCode.get(code, method.method().getParameterTypes()[i]);
            }
            code.visitVarInsn(argument.getOpcode(Opcodes.ISTORE), local);
            local += argument.getSize();
        }
    }

    private static void writeResult(
            final MethodVisitor code, final ContractMethod method, final Type result, final int local) {
        if (method.returnsProxy()) {
            code.visitVarInsn(Opcodes.ALOAD, CALL_LOCAL);
            code.visitInsn(Opcodes.SWAP);
            code.visitMethodInsn(
                    Opcodes.INVOKEINTERFACE, CALL, "exported", "(Ljava/lang/Object;)Ljava/lang/Object;", true);
        }
        if (method.result() != ValueKind.VOID) {
            code.visitVarInsn(result.getOpcode(Opcodes.ISTORE), local);
        }
        if (method.yields() != null) {
            code.visitVarInsn(Opcodes.ALOAD, CALL_LOCAL);
            code.visitVarInsn(Opcodes.ALOAD, local);
            code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "yielded", "(Ljava/lang/Object;)V", true);
            return;
        }
        code.visitVarInsn(Opcodes.ALOAD, CALL_LOCAL);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "returned", "()L" + ClassShape.WRITER + ";", true);
        if (method.result() == ValueKind.VOID) {
            code.visitInsn(Opcodes.POP);
            return;
        }
        code.visitVarInsn(result.getOpcode(Opcodes.ILOAD), local);
        ValueCode.put(code, method.method().getReturnType());
    }

    private static String invokerName(final int index) {
        return "m" + index;
    }

    private static String invokerDescriptor(final Class<?> contract) {
        return "(" + contract.descriptorString() + "L" + CALL + ";)V";
    }
}
