package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.api.Loan;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.GraphOutput;

/** Loans in a graph: handed over with the message, and named in the graph by the index of their block. Stateless. */
public final class LoanSerializer extends Serializer<Loan> {
    @Override
    public void write(final Kryo kryo, final Output output, final Loan loan) {
        output.writeVarInt(((GraphOutput) output).blocks().putLoan(loan), true);
    }

    @Override
    public Loan read(final Kryo kryo, final Input input, final Class<? extends Loan> type) {
        return ((GraphInput) input).blocks().takeLoan(input.readVarInt(true));
    }
}
