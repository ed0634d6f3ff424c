package io.outrider.perf.part;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.perf.ours.Reading;
import org.jspecify.annotations.Nullable;

/** Values to bytes and back, by Outrider's own encodings and by plain Kryo with the classes registered. For one thread. */
public final class Encodings {
    private static final int LENGTH = 4096;

    private final ValueWriter writer;
    private final ValueReader reader;
    private final Kryo kryo = new Kryo();
    private final Output output = new Output(LENGTH);
    private final Input input = new Input(output.getBuffer());

    /** Sets both up. */
    public Encodings() {
        final Marshaller marshaller = Marshaller.open(Encodings.class.getClassLoader());
        writer = new ValueWriter(marshaller, LENGTH);
        reader = new ValueReader(marshaller);
        kryo.register(Reading.class);
        kryo.register(double[].class);
    }

    /**
     * An int and a double.
     *
     * @param index the int
     * @param value the double
     * @return their sum after the way there and back
     */
    public double primitives(final int index, final double value) {
        writer.reset(0);
        writer.putInt(index);
        writer.putDouble(value);
        reader.wrap(writer.buffer(), 0, writer.length());
        return reader.getInt() + reader.getDouble();
    }

    /**
     * A string.
     *
     * @param text to carry
     * @return its copy
     */
    public @Nullable String string(final String text) {
        writer.reset(0);
        writer.putString(text);
        reader.wrap(writer.buffer(), 0, writer.length());
        return reader.getString();
    }

    /**
     * A record by our own encoding.
     *
     * @param reading to carry
     * @return its copy
     */
    public @Nullable Record record(final Reading reading) {
        writer.reset(0);
        writer.putRecord(reading, Reading.class);
        reader.wrap(writer.buffer(), 0, writer.length());
        return reader.getRecord(Reading.class);
    }

    /**
     * A record by Kryo.
     *
     * @param reading to carry
     * @return its copy
     */
    public Record recordByKryo(final Reading reading) {
        return byKryo(reading, Reading.class);
    }

    /**
     * An array by our own encoding.
     *
     * @param values to carry
     * @return their copy
     */
    public double @Nullable [] array(final double[] values) {
        writer.reset(0);
        writer.putDoubles(values);
        reader.wrap(writer.buffer(), 0, writer.length());
        return reader.getDoubles();
    }

    /**
     * An array by Kryo.
     *
     * @param values to carry
     * @return their copy
     */
    public double[] arrayByKryo(final double[] values) {
        return byKryo(values, double[].class);
    }

    /**
     * A string by Kryo.
     *
     * @param text to carry
     * @return its copy
     */
    public String stringByKryo(final String text) {
        return byKryo(text, String.class);
    }

    private <T> T byKryo(final T value, final Class<T> type) {
        output.reset();
        kryo.writeObject(output, value);
        input.setBuffer(output.getBuffer(), 0, output.position());
        return kryo.readObject(input, type);
    }
}
