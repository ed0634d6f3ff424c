package io.outrider.engine.endpoint;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/** Notices that nothing in this process refers to something any more. One of a ring, which keeps it until then. */
final class Guard extends PhantomReference<@Nullable Object> {
    private final Runnable then;
    private Guard before = this;
    private Guard after = this;

    /** One that guards nothing: where the ring begins. */
    Guard() {
        super(null, null);
        this.then = () -> {};
    }

    Guard(final Object guarded, final Runnable then, final ReferenceQueue<@Nullable Object> queue) {
        super(guarded, queue);
        this.then = then;
    }

    void putBefore(final Guard next) {
        before = next.before;
        after = next;
        before.after = this;
        next.before = this;
    }

    private void takeOut() {
        before.after = after;
        after.before = before;
        before = this;
        after = this;
    }

    boolean isAlone() {
        return after == this;
    }

    /** Takes it out; false if somebody else has. */
    boolean tryTakeOut() {
        if (isAlone()) {
            return false;
        }
        takeOut();
        return true;
    }

    void act() {
        then.run();
    }
}
