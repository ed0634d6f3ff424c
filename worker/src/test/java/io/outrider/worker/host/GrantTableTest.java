package io.outrider.worker.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.contract.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps objects for references that are on their way, and for how long. */
@Timeout(20)
class GrantTableTest {
    private long nowNs = 5;
    private final ObjectTable objects = new ObjectTable();
    private final GrantTable grants = new GrantTable(objects::release, () -> nowNs);

    /** An object with no hold but those of its grants. */
    private long lent(int count) {
        Runnable target = () -> {};
        HostedObject object = objects.add(target, Contract.of(Runnable.class), 1, Runnable::run);
        for (int i = 1; i < count; i++) {
            object.tryRetain();
        }
        return object.id();
    }

    private HostedObject object(long id) {
        return objects.find(id);
    }

    @Test
    void aLeaseThatNobodyClaimsEnds() {
        long id = lent(1);
        grants.lend(object(id), "");
        nowNs += GrantTable.LEASE_NS - 1;
        assertEquals(1, grants.count());
        assertNotNull(object(id));
        nowNs++;
        assertEquals(0, grants.count());
        assertNull(object(id));
    }

    @Test
    void theNextLendingFindsThoseWhoseLeaseHasEnded() {
        long old = lent(1);
        grants.lend(object(old), "");
        nowNs += GrantTable.LEASE_NS;
        long young = lent(1);
        grants.lend(object(young), "");
        assertNull(object(old));
        assertNotNull(object(young));
    }

    @Test
    void eachReferenceCounts() {
        long id = lent(2);
        long first = grants.lend(object(id), "");
        long second = grants.lend(object(id), "");
        assertNotEquals(first, second);
        grants.drop(first);
        grants.drop(first);
        assertNotNull(object(id), "dropped once, whoever says so twice");
        grants.drop(second);
        assertNull(object(id));
        assertNotEquals(second, grants.lend(object(lent(1)), ""), "a number is not used again");
    }

    @Test
    void anUnknownGrantIsNobodys() {
        long id = lent(1);
        long grant = grants.lend(object(id), "");
        grants.drop(grant + 1);
        grants.drop(0);
        grants.drop(-1);
        assertEquals(1, grants.count());
    }

    @Test
    void whatIsOnItsWayToOneThatIsGoneIsKeptNoLonger() {
        long here = lent(1);
        long there = lent(1);
        long unknown = lent(1);
        grants.lend(object(here), "#1");
        grants.lend(object(there), "/door");
        grants.lend(object(unknown), "");
        grants.gone("/door");
        assertNull(object(there));
        grants.gone("#1");
        assertNull(object(here));
        assertNotNull(object(unknown), "nobody knows where it is");
        long late = lent(1);
        assertEquals(0, grants.lend(object(late), "/door"), "nobody will ever claim it");
        assertNull(object(late));
        assertEquals(1, grants.unclaimed());
    }

    @Test
    void oneThatIsOnItsWayHoldsUpNoOtherAndMemoryIsGivenBack() {
        int before = grants.capacity();
        long slow = grants.lend(object(lent(1)), "");
        long[] many = new long[100_000];
        long id = lent(many.length);
        for (int i = 0; i < many.length; i++) {
            many[i] = grants.lend(object(id), "");
        }
        assertEquals(many.length + 1, grants.unclaimed());
        for (long each : many) {
            grants.drop(each);
        }
        assertEquals(1, grants.count());
        assertEquals(1, grants.unclaimed());
        assertTrue(grants.capacity() <= Math.max(before, 4_096), () -> "room for " + grants.capacity());
        grants.drop(slow);
        assertEquals(0, grants.count());
    }
}
