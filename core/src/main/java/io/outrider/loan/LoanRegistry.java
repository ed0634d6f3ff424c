package io.outrider.loan;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The holds of one arena in this process, in no order. Guarded by the lock of whoever has it. */
final class LoanRegistry {
    static final int NOWHERE = -1;

    private @Nullable Hold[] holds = new @Nullable Hold[64];
    private int count;

    void add(final Hold hold) {
        if (hold.place == NOWHERE) {
            if (count == holds.length) {
                holds = Arrays.copyOf(holds, 2 * count);
            }
            hold.place = count;
            holds[count++] = hold;
        }
    }

    void remove(final Hold hold) {
        if (hold.place != NOWHERE) {
            final Hold last = holds[--count];
            holds[count] = null;
            if (last != null && last != hold) {
                holds[hold.place] = last;
                last.place = hold.place;
            }
            hold.place = NOWHERE;
        }
    }

    void forEach(final Consumer<Hold> visitor) {
        for (int i = 0; i < count; i++) {
            final Hold hold = holds[i];
            if (hold != null && hold.isHeld()) {
                visitor.accept(hold);
            }
        }
    }
}
