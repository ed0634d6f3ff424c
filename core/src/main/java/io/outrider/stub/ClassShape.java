package io.outrider.stub;

import io.outrider.model.ValueKind;
import java.util.Locale;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What the two generators share: how classes begin and end, and the calls by which a kind of value is written and read. */
final class ClassShape {
    static final String WRITER = "io/outrider/marshal/ValueWriter";
    static final String READER = "io/outrider/marshal/ValueReader";

    private ClassShape() {}

    /** A writer that computes frames without loading a class: everything merges to Object, which all our merges are. */
    static ClassWriter open(
            final Class<?> home, final String suffix, final Class<?> superclass, final String... interfaces) {
        final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(final String one, final String other) {
                return "java/lang/Object";
            }
        };
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                Type.getInternalName(home) + suffix,
                null,
                Type.getInternalName(superclass),
                interfaces);
        return writer;
    }

    static String putName(final ValueKind kind) {
        return "put" + capitalised(kind);
    }

    static String putDescriptor(final ValueKind kind) {
        return "(" + kind.type().descriptorString() + ")V";
    }

    static String getName(final ValueKind kind) {
        return "get" + capitalised(kind);
    }

    static String getDescriptor(final ValueKind kind) {
        return "()" + kind.type().descriptorString();
    }

    private static String capitalised(final ValueKind kind) {
        return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
