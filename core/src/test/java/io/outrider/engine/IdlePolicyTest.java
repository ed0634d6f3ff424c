package io.outrider.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.config.WaitStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the adaptive strategy ever says that it is time to block, and on one processor it does so without spinning. */
class IdlePolicyTest {
    private static int idlesUntilBlock(IdlePolicy policy) {
        int fruitless = 0;
        while (policy.idle(fruitless)) {
            fruitless++;
            assertTrue(fruitless < 1_000_000, "never blocks");
        }
        return fruitless;
    }

    @ParameterizedTest
    @EnumSource(value = WaitStrategy.class, names = "ADAPTIVE", mode = EnumSource.Mode.EXCLUDE)
    void othersNeverBlock(WaitStrategy strategy) {
        for (int processors = 1; processors <= 2; processors++) {
            IdlePolicy policy = new IdlePolicy(strategy, processors);
            for (int fruitless :
                    new int[] {0, 1, 9, 10, 11, 14, 15, 16, 100, 100_000, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
                assertTrue(policy.idle(fruitless), strategy + " after " + fruitless);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 64})
    void adaptiveSpinsThenYieldsThenBlocks(int processors) {
        assertTrue(idlesUntilBlock(new IdlePolicy(WaitStrategy.ADAPTIVE, processors)) > 100);
    }

    @Test
    void adaptiveOnOneProcessorYieldsAndBlocks() {
        IdlePolicy one = new IdlePolicy(WaitStrategy.ADAPTIVE, 1);
        int idles = idlesUntilBlock(one);
        assertTrue(idles > 0, "it lets the peer run before it blocks");
        assertTrue(
                idles < idlesUntilBlock(new IdlePolicy(WaitStrategy.ADAPTIVE, 2)),
                "polling only keeps the peer from running");
        assertFalse(one.idle(idles));
        assertFalse(one.idle(Integer.MAX_VALUE));
        assertEquals(idles, idlesUntilBlock(one), "it keeps no count of its own");
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void nobodySpinsWhereThePeerNeedsTheProcessor(WaitStrategy strategy) {
        IdlePolicy policy = new IdlePolicy(strategy, 1);
        for (int fruitless = 0; fruitless < 100_000; fruitless++) {
            assertNotEquals(IdlePolicy.Step.SPIN, policy.step(fruitless), strategy + " after " + fruitless);
        }
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void nobodyKeepsAProcessorThatThePeerMayBeWaitingFor(WaitStrategy strategy) {
        IdlePolicy policy = new IdlePolicy(strategy, 2);
        int spins = 0;
        for (int fruitless = 0; fruitless < 100_000; fruitless++) {
            spins = policy.step(fruitless) == IdlePolicy.Step.SPIN ? spins + 1 : 0;
            assertTrue(spins < 10_000, strategy + " spins " + spins + " times on end");
        }
    }
}
