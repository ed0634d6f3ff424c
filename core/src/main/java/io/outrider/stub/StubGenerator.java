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
 * Writes the class of a contract's stubs. Each method is, in Java:
 *
 * <pre>
 *   R m(A a, B b) {
 *     OutgoingCall call = port.begin(ref, INDEX);
 *     try {
 *       ValueWriter w = call.arguments();
 *       w.putInt(a); w.putObject(b);
 *       if (!port.invoke(call)) return 0;
 *       R result = (R) call.result().getObject();
 *       port.end(call);
 *       return result;
 *     } catch (Throwable t) {
 *       throw port.fail(call, t);
 *     }
 *   }
 * </pre>
 *
 * An argument that stands for values over time is written by {@code call.putStream(a, 0)}, and a generator's outcome is no
 * result to be read: {@code return (R) port.open(call)}.
 * Where the method returns a stage, what follows the arguments is {@code return port.defer(call)}.
 */
final class StubGenerator {
    private static final String PORT = Type.getInternalName(CallPort.class);
    private static final String REF_DESCRIPTOR = Type.getDescriptor(ObjectRef.class);
    private static final String CALL = Type.getInternalName(OutgoingCall.class);
    private static final String CALL_DESCRIPTOR = Type.getDescriptor(OutgoingCall.class);
    private static final String DEFER_DESCRIPTOR = "(" + CALL_DESCRIPTOR + ")Ljava/util/concurrent/CompletableFuture;";
    private static final String CONSTRUCTOR_DESCRIPTOR =
            "(" + Type.getDescriptor(CallPort.class) + REF_DESCRIPTOR + ")V";

    private StubGenerator() {}

    static byte[] generate(final Contract<?> contract, final String self) {
        if (!contract.type().isInterface()) {
            return ClassStubGenerator.generate(contract, self);
        }
        final ClassWriter writer = ClassShape.open(self, InterfaceStub.class, Type.getInternalName(contract.type()));
        constructor(writer);
        for (final ContractMethod method : contract.methods()) {
            method(writer, self, method);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void constructor(final ClassWriter writer) {
        final MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", CONSTRUCTOR_DESCRIPTOR, null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        code.visitMethodInsn(
                Opcodes.INVOKESPECIAL,
                Type.getInternalName(InterfaceStub.class),
                "<init>",
                CONSTRUCTOR_DESCRIPTOR,
                false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    static void method(final ClassWriter writer, final String self, final ContractMethod method) {
        final Type type = Type.getType(method.method());
        final MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, method.method().getName(), type.getDescriptor(), null, null);
        final int call = type.getArgumentsAndReturnSizes() >> 2; // the first local after this and the arguments
        final Label start = new Label();
        final Label end = new Label();
        final Label handler = new Label();
        code.visitTryCatchBlock(start, end, handler, null);
        code.visitCode();
        begin(code, self, method.index(), call);
        code.visitLabel(start);
        arguments(code, method, type, call);
        if (method.yields() == null) {
            outcome(code, self, method, type, call);
        } else {
            stream(code, self, type, call);
        }
        code.visitLabel(end);
        code.visitLabel(handler);
        fail(code, self, call);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void begin(final MethodVisitor code, final String self, final int index, final int call) {
        loadPort(code, self);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, self, "ref", REF_DESCRIPTOR);
        code.visitLdcInsn(index);
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, PORT, "begin", "(" + REF_DESCRIPTOR + "I)" + CALL_DESCRIPTOR, true);
        code.visitVarInsn(Opcodes.ASTORE, call);
    }

    private static void arguments(
            final MethodVisitor code, final ContractMethod method, final Type type, final int call) {
        code.visitVarInsn(Opcodes.ALOAD, call);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "arguments", "()L" + ClassShape.WRITER + ";", true);
        code.visitVarInsn(Opcodes.ASTORE, call + 1);
        int local = 1;
        for (int i = 0; i < method.parameters().size(); i++) {
            final Type argument = type.getArgumentTypes()[i];
            final boolean stream = method.takes().containsKey(i);
            code.visitVarInsn(Opcodes.ALOAD, stream ? call : call + 1);
            code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            if (stream) {
                code.visitLdcInsn(i);
                code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "putStream", "(Ljava/lang/Object;I)V", true);
            } else {
                ValueCode.put(code, method.method().getParameterTypes()[i]);
            }
            local += argument.getSize();
        }
    }

    private static void outcome(
            final MethodVisitor code, final String self, final ContractMethod method, final Type type, final int call) {
        final Type result = type.getReturnType();
        if (method.deferred()) {
            portOnCall(code, self, call, "defer", DEFER_DESCRIPTOR);
            code.visitInsn(Opcodes.ARETURN);
            return;
        }
        final Label read = new Label();
        portOnCall(code, self, call, "invoke", "(" + CALL_DESCRIPTOR + ")Z");
        code.visitJumpInsn(Opcodes.IFNE, read);
        returnDefault(code, result);
        code.visitLabel(read);
        if (method.result() != ValueKind.VOID) {
            code.visitVarInsn(Opcodes.ALOAD, call);
            code.visitMethodInsn(Opcodes.INVOKEINTERFACE, CALL, "result", "()L" + ClassShape.READER + ";", true);
            ValueCode.get(code, method.method().getReturnType());
            code.visitVarInsn(result.getOpcode(Opcodes.ISTORE), call + 1);
        }
        portOnCall(code, self, call, "end", "(" + CALL_DESCRIPTOR + ")V");
        if (method.result() != ValueKind.VOID) {
            code.visitVarInsn(result.getOpcode(Opcodes.ILOAD), call + 1);
        }
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    private static void stream(final MethodVisitor code, final String self, final Type type, final int call) {
        portOnCall(code, self, call, "open", "(" + CALL_DESCRIPTOR + ")Ljava/lang/Object;");
        code.visitTypeInsn(Opcodes.CHECKCAST, type.getReturnType().getInternalName());
        code.visitInsn(Opcodes.ARETURN);
    }

    private static void fail(final MethodVisitor code, final String self, final int call) {
        code.visitVarInsn(Opcodes.ASTORE, call + 1);
        loadPort(code, self);
        code.visitVarInsn(Opcodes.ALOAD, call);
        code.visitVarInsn(Opcodes.ALOAD, call + 1);
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE,
                PORT,
                "fail",
                "(" + CALL_DESCRIPTOR + "Ljava/lang/Throwable;)Ljava/lang/RuntimeException;",
                true);
        code.visitInsn(Opcodes.ATHROW);
    }

    private static void returnDefault(final MethodVisitor code, final Type result) {
        switch (result.getSort()) {
            case Type.VOID -> {}
            case Type.LONG -> code.visitInsn(Opcodes.LCONST_0);
            case Type.FLOAT -> code.visitInsn(Opcodes.FCONST_0);
            case Type.DOUBLE -> code.visitInsn(Opcodes.DCONST_0);
            case Type.OBJECT, Type.ARRAY -> code.visitInsn(Opcodes.ACONST_NULL);
            default -> code.visitInsn(Opcodes.ICONST_0);
        }
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    private static void portOnCall(
            final MethodVisitor code, final String self, final int call, final String name, final String descriptor) {
        loadPort(code, self);
        code.visitVarInsn(Opcodes.ALOAD, call);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, PORT, name, descriptor, true);
    }

    private static void loadPort(final MethodVisitor code, final String self) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, self, "port", Type.getDescriptor(CallPort.class));
    }
}
