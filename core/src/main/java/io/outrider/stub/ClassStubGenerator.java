package io.outrider.stub;

import io.outrider.contract.Contract;
import io.outrider.contract.ContractMethod;
import io.outrider.contract.Exposure;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the class of the stubs of a contract that is a class: a subclass whose exposed methods are calls, whose other methods
 * refuse, and which no constructor makes. In Java:
 *
 * <pre>
 *   final class Account$Stub extends Account implements ClassStub {
 *     private CallPort port;
 *     private ObjectRef ref;
 *     public void outriderBind(CallPort port, ObjectRef ref) { this.port = port; this.ref = ref; }
 *     public ObjectRef outriderRef() { return ref; }
 *     public boolean equals(Object other) { return Proxies.same(this, other); }
 *     public int hashCode() { return ref.hashCode(); }
 *     public String toString() { return ref.toString(); }
 *     ... exposed ones as {@link StubGenerator} writes them ...
 *     void audit() { throw ClassStub.refusal("Account.audit"); }
 *   }
 * </pre>
 */
final class ClassStubGenerator {
    private static final String PORT = Type.getDescriptor(CallPort.class);
    private static final String REF = Type.getDescriptor(ObjectRef.class);
    private static final String REF_CLASS = Type.getInternalName(ObjectRef.class);

    private ClassStubGenerator() {}

    static byte[] generate(final Contract<?> contract, final String self) {
        final ClassWriter writer = ClassShape.open(self, contract.type(), Type.getInternalName(ClassStub.class));
        writer.visitField(Opcodes.ACC_PRIVATE, "port", PORT, null, null).visitEnd();
        writer.visitField(Opcodes.ACC_PRIVATE, "ref", REF, null, null).visitEnd();
        bind(writer, self);
        answers(writer, self);
        for (final ContractMethod method : contract.methods()) {
            StubGenerator.method(writer, self, method);
        }
        for (final Method method : Exposure.hidden(contract)) {
            refuse(writer, method);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void bind(final ClassWriter writer, final String self) {
        final MethodVisitor code = begin(writer, "outriderBind", "(" + PORT + REF + ")V");
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, self, "port", PORT);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        code.visitFieldInsn(Opcodes.PUTFIELD, self, "ref", REF);
        end(code, Opcodes.RETURN);
    }

    private static void answers(final ClassWriter writer, final String self) {
        final MethodVisitor ref = begin(writer, "outriderRef", "()" + REF);
        loadRef(ref, self);
        end(ref, Opcodes.ARETURN);
        final MethodVisitor hash = begin(writer, "hashCode", "()I");
        loadRef(hash, self);
        hash.visitMethodInsn(Opcodes.INVOKEVIRTUAL, REF_CLASS, "hashCode", "()I", false);
        end(hash, Opcodes.IRETURN);
        final MethodVisitor text = begin(writer, "toString", "()Ljava/lang/String;");
        loadRef(text, self);
        text.visitMethodInsn(Opcodes.INVOKEVIRTUAL, REF_CLASS, "toString", "()Ljava/lang/String;", false);
        end(text, Opcodes.ARETURN);
        final MethodVisitor equal = begin(writer, "equals", "(Ljava/lang/Object;)Z");
        equal.visitVarInsn(Opcodes.ALOAD, 0);
        equal.visitVarInsn(Opcodes.ALOAD, 1);
        equal.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(Proxies.class),
                "same",
                "(" + Type.getDescriptor(Stub.class) + "Ljava/lang/Object;)Z",
                false);
        end(equal, Opcodes.IRETURN);
    }

    /** What the collector calls does nothing, since there is nothing here to clean up; all else says that it is not exposed. */
    private static void refuse(final ClassWriter writer, final Method method) {
        final int access = method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED);
        final MethodVisitor code =
                writer.visitMethod(access, method.getName(), Type.getMethodDescriptor(method), null, null);
        code.visitCode();
        if (method.getName().equals("finalize") && method.getParameterCount() == 0) {
            end(code, Opcodes.RETURN);
            return;
        }
        code.visitLdcInsn(method.getDeclaringClass().getSimpleName() + '.' + method.getName());
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(ClassStub.class),
                "refusal",
                "(Ljava/lang/String;)Ljava/lang/RuntimeException;",
                true);
        end(code, Opcodes.ATHROW);
    }

    private static MethodVisitor begin(final ClassWriter writer, final String name, final String descriptor) {
        final MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void loadRef(final MethodVisitor code, final String self) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, self, "ref", REF);
    }

    private static void end(final MethodVisitor code, final int instruction) {
        code.visitInsn(instruction);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
