package io.outrider.engine.endpoint;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/** Notices that nothing in this process refers to something any more. */
final class Guard extends PhantomReference<Object> {
    private final Runnable then;

    Guard(final Object guarded, final Runnable then, final ReferenceQueue<Object> queue) {
        super(guarded, queue);
        this.then = then;
    }

    void act() {
        then.run();
    }
}
