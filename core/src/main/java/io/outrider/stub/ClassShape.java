package io.outrider.stub;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What the two generators share. */
final class ClassShape {
    static final String WRITER = "io/outrider/marshal/ValueWriter";
    static final String READER = "io/outrider/marshal/ValueReader";

    private ClassShape() {}

    /** A writer that computes frames without loading a class: everything merges to Object, which all our merges are. */
    static ClassWriter open(final String name, final Class<?> superclass, final String... interfaces) {
        final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(final String one, final String other) {
                return "java/lang/Object";
            }
        };
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                Type.getInternalName(superclass),
                interfaces);
        return writer;
    }
}
