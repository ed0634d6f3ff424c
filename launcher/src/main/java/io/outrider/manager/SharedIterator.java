package io.outrider.manager;

import io.outrider.model.Fronting;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that runs in a worker, for one thread of each of the processes that share it: every element is given once, to
 * whoever asks next. Where a contract declares it, it arrives as the same iterator; what this process has taken ahead stays here. A plain
 * {@link Iterator} that a contract declares is a stream of the elements instead. If the worker dies each method fails with
 * {@link io.outrider.error.WorkerDiedException}.
 *
 * @param <E> elements
 */
public interface SharedIterator<E extends @Nullable Object> extends Iterator<E>, Fronting {}
