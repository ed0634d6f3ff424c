package io.outrider.marshal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.SerializationException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.model.RecordShape;
import io.outrider.model.ValueKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that are declared: what they become in a frame, and what is refused. */
class RecordCodecTest {
    private record Flat(int a, long b, String c, double d, boolean e, byte[] f) {}

    private record Nested(Flat inner, List<String> graph, char g) {}

    private record Empty() {}

    private record Loop(int value, Loop next) {}

    private record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException(value + " is not positive");
            }
        }
    }

    private record Same(int value) {}

    private final Marshaller open = Marshaller.open(RecordCodecTest.class.getClassLoader());

    @Test
    void componentsCrossEachInItsOwnKind() {
        Flat flat = (Flat) crossed(new Flat(1, 2, "three", 4.0, true, new byte[] {5}), Flat.class, open);
        assertEquals("three", flat.c());
        assertEquals(1, flat.a());
        assertEquals(2, flat.b());
        assertEquals(4.0, flat.d());
        assertTrue(flat.e());
        assertEquals(5, flat.f()[0]);
        assertNull(crossed(null, Flat.class, open));
        assertEquals(new Empty(), crossed(new Empty(), Empty.class, open));
        Nested nested = new Nested(null, List.of("x", "y"), 'z');
        assertEquals(nested, crossed(nested, Nested.class, open));
    }

    @Test
    void theFrameHoldsNothingButTheComponents() {
        ValueWriter writer = new ValueWriter(open, 1024);
        writer.reset(0);
        writer.putRecord(new Same(7), Same.class);
        assertEquals(1 + Integer.BYTES, writer.length());
    }

    @Test
    void objectsStaySharedBetweenComponentsAndOtherValues() {
        List<String> shared = new ArrayList<>(List.of("x"));
        ValueWriter writer = new ValueWriter(open, 4096);
        writer.reset(0);
        writer.putRecord(new Nested(null, shared, 'a'), Nested.class);
        writer.putObject(shared);
        ValueReader reader = new ValueReader(open);
        reader.wrap(writer.buffer(), 0, writer.length());
        Nested nested = (Nested) reader.getRecord(Nested.class);
        assertSame(nested.graph(), reader.getObject());
    }

    @Test
    void aRecordThatCanContainItselfIsAGraph() {
        assertFalse(RecordShape.isFlat(Loop.class));
        assertEquals(ValueKind.OBJECT, ValueKind.of(Loop.class));
        assertEquals(ValueKind.RECORD, ValueKind.of(Nested.class));
        assertEquals(ValueKind.OBJECT, ValueKind.of(Record.class));
    }

    @Test
    void theShapeTellsVersionsApart() {
        assertEquals(RecordShape.describe(Flat.class), RecordShape.describe(Flat.class));
        assertTrue(RecordShape.describe(Nested.class).contains("g:C"), RecordShape.describe(Nested.class));
        assertTrue(RecordShape.describe(Nested.class).contains("c:Ljava/lang/String;"));
    }

    @Test
    void aConstructorThatRefusesWhatArrivesIsNamed() {
        ValueWriter writer = new ValueWriter(open, 1024);
        writer.reset(0);
        writer.putBoolean(true);
        writer.putInt(-1);
        ValueReader reader = new ValueReader(open);
        reader.wrap(writer.buffer(), 0, writer.length());
        SerializationException refused =
                assertThrows(SerializationException.class, () -> reader.getRecord(Positive.class));
        assertTrue(refused.getMessage().contains(Positive.class.getName()), refused.getMessage());
        assertTrue(refused.getMessage().contains("-1 is not positive"), refused.getMessage());
    }

    @Test
    void aFrameThatEndsTooEarlyIsRefused() {
        ValueWriter writer = new ValueWriter(open, 1024);
        writer.reset(0);
        writer.putRecord(new Flat(1, 2, "three", 4.0, true, null), Flat.class);
        for (int length = 0; length < writer.length(); length++) {
            ValueReader reader = new ValueReader(open);
            reader.wrap(writer.buffer(), 0, length);
            assertThrows(SerializationException.class, () -> reader.getRecord(Flat.class));
        }
    }

    @Test
    void aStrictMarshallerRefusesOtherRecordsInBothDirections() {
        Marshaller strict = Marshaller.strict(RecordCodecTest.class.getClassLoader(), List.of(Same.class));
        assertEquals(new Same(3), crossed(new Same(3), Same.class, strict));
        ValueWriter writer = new ValueWriter(strict, 1024);
        writer.reset(0);
        SerializationException sent =
                assertThrows(SerializationException.class, () -> writer.putRecord(new Positive(1), Positive.class));
        assertTrue(sent.getMessage().contains(Positive.class.getName()), sent.getMessage());
        ValueWriter other = new ValueWriter(open, 1024);
        other.reset(0);
        other.putRecord(new Positive(1), Positive.class);
        ValueReader reader = new ValueReader(strict);
        reader.wrap(other.buffer(), 0, other.length());
        assertThrows(SerializationException.class, () -> reader.getRecord(Positive.class));
    }

    private static Record crossed(Record value, Class<?> type, Marshaller marshaller) {
        ValueWriter writer = new ValueWriter(marshaller, 4096);
        writer.reset(0);
        writer.putRecord(value, type);
        ValueReader reader = new ValueReader(marshaller);
        reader.wrap(writer.buffer(), 0, writer.length());
        Record read = reader.getRecord(type);
        assertEquals(0, reader.remaining());
        return read;
    }
}
