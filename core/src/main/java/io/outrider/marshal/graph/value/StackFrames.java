package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.GraphInput;

/** Stack trace elements, with all seven parts. Stateless. */
public final class StackFrames {
    private StackFrames() {}

    public static void write(final Output output, final StackTraceElement frame) {
        output.writeString(frame.getClassLoaderName());
        output.writeString(frame.getModuleName());
        output.writeString(frame.getModuleVersion());
        output.writeString(frame.getClassName());
        output.writeString(frame.getMethodName());
        output.writeString(frame.getFileName());
        output.writeVarInt(frame.getLineNumber(), false);
    }

    public static StackTraceElement read(final Input input) {
        final String loader = input.readString();
        final String module = input.readString();
        final String version = input.readString();
        final String type = ((GraphInput) input).readText();
        final String method = ((GraphInput) input).readText();
        final String file = input.readString();
        return new StackTraceElement(loader, module, version, type, method, file, input.readVarInt(false));
    }
}
