package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.jdk.AcceptedTypes;
import io.outrider.marshal.graph.jdk.JavaStreams;
import io.outrider.marshal.graph.wire.GraphInput;
import java.util.Locale;

/** Locales by their language tag, and by Java serialization in the rare case that the tag loses something. */
public final class LocaleSerializer extends Serializer<Locale> {
    private final JavaStreams streams;

    public LocaleSerializer(final AcceptedTypes types) {
        streams = new JavaStreams(types);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Locale locale) {
        final String tag = locale.toLanguageTag();
        final boolean lossless = Locale.forLanguageTag(tag).equals(locale);
        output.writeBoolean(lossless);
        if (lossless) {
            output.writeString(tag);
        } else {
            Scalars.writeBytes(output, streams.write(locale));
        }
    }

    @Override
    public Locale read(final Kryo kryo, final Input input, final Class<? extends Locale> type) {
        return input.readBoolean()
                ? Locale.forLanguageTag(((GraphInput) input).readText())
                : (Locale) streams.read(Scalars.readBytes(input), Locale.class);
    }
}
