package io.outrider.perf.ours;

import io.outrider.api.RemoteObject;
import io.outrider.perf.bench.Payload;

/** One shape of a call; the JIT compiler sees one of them in each JVM. */
public interface Call {
    /** Primitives each way, no allocation. */
    Call PRIMITIVE = (object, stub, index, value) -> stub.f(index, value);

    /** A new record for each call. */
    Call RECORD = (object, stub, index, value) ->
            stub.record(new Reading(index, index, value, true)).value();

    /** A string of 32 characters. */
    Call STRING = (object, stub, index, value) -> {
        final String text = "a text of but thirty-two letters";
        return stub.string(text).equals(text) ? Payload.answer(index, value) : Double.NaN;
    };

    /** A future for each call, waited for at once. */
    Call ASYNC = (object, stub, index, value) ->
            object.async(remote -> remote.f(index, value)).get();

    /**
     * Makes the call.
     *
     * @param object the owner's handle
     * @param stub of the object
     * @param index to send
     * @param value to send
     * @return the answer
     * @throws Exception if the call fails
     */
    double make(RemoteObject<Arithmetic> object, Arithmetic stub, int index, double value) throws Exception;
}
