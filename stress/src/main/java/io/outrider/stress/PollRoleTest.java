package io.outrider.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.outrider.engine.PollRole;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A caller that lets the poll role go against one whose reply comes just then. Each reply must be found by one of them: by the
 * other, who gets the role, or by the holder, who is asked for one more poll.
 */
@JCStressTest
@Outcome(
        id = "true, false",
        expect = ACCEPTABLE,
        desc = "the holder finds it: in its last poll, or in the one it was asked for")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the role was free again: the other one polls for itself")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "the holder found it, and the other one looked once more")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "a reply is left lying")
@State
public class PollRoleTest {
    private static final int ALIGNMENT = 8;

    private final PollRole role = new PollRole();
    private final UnsafeBuffer lane =
            new UnsafeBuffer(ByteBuffer.allocateDirect(ALIGNMENT).alignedSlice(ALIGNMENT));

    /** The first one holds the role. */
    public PollRoleTest() {
        if (!role.tryAcquire()) {
            throw new IllegalStateException("a new role is held");
        }
    }

    /**
     * The holder: polls, lets go, and polls again if it was asked to.
     *
     * @param result whether it finds the reply
     */
    @Actor
    public void holder(final ZZ_Result result) {
        boolean found = hasReply();
        while (!role.letGo()) {
            found |= hasReply();
        }
        result.r1 = found;
    }

    /**
     * The other one: its reply comes, and it polls or asks for a poll.
     *
     * @param result whether it finds the reply
     */
    @Actor
    public void other(final ZZ_Result result) {
        lane.putIntRelease(0, 1);
        if (role.acquireOrRequest()) {
            do {
                result.r2 |= hasReply();
            } while (!role.letGo());
        }
    }

    private boolean hasReply() {
        return lane.getIntVolatile(0) != 0;
    }
}
