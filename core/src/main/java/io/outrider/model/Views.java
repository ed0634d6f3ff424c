package io.outrider.model;

import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Streams of the JDK over what is left of an iterator: in order, never null, sequential, and closed with what they read. */
public final class Views {
    private static final int CHARACTERISTICS = Spliterator.ORDERED | Spliterator.NONNULL;

    private Views() {}

    /** Of objects. */
    public static <T> Stream<T> of(final Iterator<T> values, final Runnable close) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(values, CHARACTERISTICS), false)
                .onClose(close);
    }

    /** Unboxed. */
    public static LongStream ofLongs(final PrimitiveIterator.OfLong values, final Runnable close) {
        return StreamSupport.longStream(Spliterators.spliteratorUnknownSize(values, CHARACTERISTICS), false)
                .onClose(close);
    }

    /** Unboxed. */
    public static IntStream ofInts(final PrimitiveIterator.OfInt values, final Runnable close) {
        return StreamSupport.intStream(Spliterators.spliteratorUnknownSize(values, CHARACTERISTICS), false)
                .onClose(close);
    }

    /** Unboxed. */
    public static DoubleStream ofDoubles(final PrimitiveIterator.OfDouble values, final Runnable close) {
        return StreamSupport.doubleStream(Spliterators.spliteratorUnknownSize(values, CHARACTERISTICS), false)
                .onClose(close);
    }
}
