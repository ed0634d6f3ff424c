package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.GraphOutput;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.graph.wire.TypeNames;
import io.outrider.marshal.remote.Referable;
import io.outrider.marshal.remote.RemoteReference;
import io.outrider.marshal.remote.RemoteReferences;

/** Stubs: what crosses is a reference to the object, under the name of its contract. */
public final class ReferenceSerializer extends StepSerializer<Object> {
    private final RemoteReferences references;

    public ReferenceSerializer(final RemoteReferences references) {
        this.references = references;
    }

    @Override
    protected void writeParts(final Kryo kryo, final Output output, final Object stub) {
        final RemoteReference left = references.leave(
                (Referable) stub, ((GraphOutput) output).blocks().addressee());
        ((TypeNames) kryo.getClassResolver()).writeType(output, left.contract());
        output.writeLong(left.digest());
        output.writeString(left.address());
        output.writeInt(left.workerId());
        output.writeLong(left.objectId());
        output.writeLong(left.grant());
    }

    @Override
    protected Object readParts(final Kryo kryo, final Input input, final Class<? extends Object> type) {
        final Class<?> contract = ((TypeNames) kryo.getClassResolver()).readType(input);
        if (contract == null) {
            throw new Refusal("a reference without a contract: the message is damaged");
        }
        final GraphInput in = (GraphInput) input;
        return references.arrive(new RemoteReference(
                contract, in.readLong(), in.readText(), in.readInt(), in.readLong(), in.readLong()));
    }
}
