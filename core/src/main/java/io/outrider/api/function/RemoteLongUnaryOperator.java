package io.outrider.api.function;

import java.io.Serializable;
import java.util.function.LongUnaryOperator;

/** A {@link LongUnaryOperator} that is copied to a worker and runs there, with what it captures. */
@FunctionalInterface
public interface RemoteLongUnaryOperator extends LongUnaryOperator, Serializable {}
