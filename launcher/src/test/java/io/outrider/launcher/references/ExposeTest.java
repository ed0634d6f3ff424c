package io.outrider.launcher.references;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.actor.Actor;
import io.outrider.actor.Actors;
import io.outrider.api.Expose;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.contract.Contract;
import io.outrider.contract.ContractMethod;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ContractException;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.launcher.process.HandMadeLink;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.stub.Proxies;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Classes that are their own contracts. */
@Timeout(60)
class ExposeTest extends OnBothTransports {
    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2);
    }

    @Test
    void whatIsExposedIsCalledInTheWorkerAndNothingElse() throws Exception {
        int made = Account.made;
        try (RemoteObject<Account> object = workers().create(Account.class, () -> new Account(5))) {
            Account account = object.stub();
            assertNotEquals(ProcessHandle.current().pid(), account.pid(), "exposed by an ancestor");
            assertEquals(7, account.deposit(2));
            account.setOwner("somebody");
            assertEquals("somebody", account.getOwner());
            assertEquals(10, object.async(there -> there.deposit(3)).get(20, TimeUnit.SECONDS));
            for (Runnable refused : List.<Runnable>of(account::audit, account::inThePackage, account::hook)) {
                String message =
                        assertThrows(CallRejectedException.class, refused::run).getMessage();
                assertTrue(message.contains("not exposed"), message);
            }
            assertEquals(made, Account.made, "no constructor has run here");
            assertTrue(account.toString().matches("Account\\[worker \\d, object [0-9a-f]+]"), account::toString);
            assertEquals(account, object.stub());
            assertEquals(Account.class, Proxies.typeOf(account));
        }
    }

    @Test
    void itIsPassedOnAndReturnedLikeAnyOther() {
        try (RemoteObject<Account> one =
                        workers().create(Account.class, () -> new Account(1), ObjectOptions.DEFAULT.on(0));
                RemoteObject<Account> two =
                        workers().create(Account.class, Account.class, ObjectOptions.DEFAULT.on(1), 10)) {
            Account sub = one.stub().sub();
            assertEquals(one.stub().pid(), sub.pid());
            assertEquals(4, two.stub().depositTo(sub, 3));
            assertEquals(5, sub.deposit(1));
            assertEquals(12, one.stub().depositTo(two.stub(), 2));
        }
    }

    /** The table of a contract is all that a frame can name, so behind it are getClass, wait and whatever else the class has. */
    @Test
    void framesThatNameWhatIsNotExposedAreRefusedAndCounted() throws Exception {
        try (RemoteObject<Account> account =
                        workers().create(Account.class, () -> new Account(5), ObjectOptions.DEFAULT.on(0));
                RemoteObject<Marked> marked = workers().create(Marked.class, Marker::new, ObjectOptions.DEFAULT.on(0));
                HandMadeLink attached = HandMadeLink.attach(
                        Proxies.addressOf(account.stub()), ((ProcessExecutor) workers()).secret(0))) {
            long before = Actors.countsAt(account.stub()).refusedCalls();
            long refused = assertRefusedBehind(attached, Account.class, account.objectId())
                    + assertRefusedBehind(attached, Marked.class, marked.objectId());
            for (long nobody : new long[] {-1, account.objectId() + (1L << 32), Long.MAX_VALUE}) {
                assertEquals(FrameDescriptor.REFUSED, attached.answerTo(0, nobody), "object " + nobody);
                refused++;
            }
            assertEquals(before + refused, Actors.countsAt(account.stub()).refusedCalls());
            assertEquals(0, account.stub().reached(), "refused before anything has run");
            assertEquals(0, marked.stub().touched());
            assertEquals(FrameDescriptor.VALUE, attached.answerTo(0, marked.objectId()), "what is in the table runs");
        }
    }

    private static int assertRefusedBehind(HandMadeLink attached, Class<?> contract, long objectId) {
        int behind = Contract.of(contract).methods().size();
        int[] methods = IntStream.concat(
                        IntStream.range(behind, behind + 30),
                        IntStream.of(-1, Short.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE))
                .toArray();
        for (int method : methods) {
            assertEquals(FrameDescriptor.REFUSED, attached.answerTo(method, objectId), "method " + method);
        }
        return methods.length;
    }

    interface Marked {
        int touched();
    }

    /** Has more methods than its contract. */
    static final class Marker implements Marked {
        static int touched;

        @Override
        public int touched() {
            return touched;
        }

        public void touch() {
            touched++;
        }

        @Override
        public int hashCode() {
            return touched++;
        }

        @Override
        public boolean equals(Object other) {
            touched++;
            return this == other;
        }

        @Override
        public String toString() {
            touched++;
            return "marked";
        }
    }

    @Test
    void anActorMayBeOne() {
        try (Actor<Account> actor = Actors.start(settings().conclude(), Account.class, () -> new Account(3))) {
            assertEquals(4, actor.stub().deposit(1));
        }
    }

    @Test
    void theTableIsUnitedOverTheHierarchy() {
        assertEquals(
                List.of("constructed", "deposit", "depositTo", "getOwner", "pid", "reached", "setOwner", "sub"),
                names(Account.class));
        assertEquals(List.of("added", "shared"), names(Below.class));
    }

    private static List<String> names(Class<?> type) {
        return Contract.of(type).methods().stream()
                .map(ContractMethod::method)
                .map(method -> method.getName())
                .toList();
    }

    @Test
    void whatNoStubCanStandForIsRefused() {
        assertRefused(Closed.class, "is final");
        assertRefused(Hidden.class, "not public");
        assertRefused(Stuck.class, "is final, so it would run in the stub");
        assertRefused(Plain.class, "exposes nothing by @Expose");
    }

    private static void assertRefused(Class<?> type, String why) {
        String message =
                assertThrows(ContractException.class, () -> Contract.of(type)).getMessage();
        assertTrue(message.contains(why) && message.contains(type.getSimpleName()), message);
    }

    interface Above {
        @Expose
        int shared();

        int notShared();
    }

    static class Below implements Above {
        @Override
        public int shared() {
            return 1;
        }

        @Override
        public int notShared() {
            return 2;
        }

        @Expose
        public int added() {
            return 3;
        }
    }

    static final class Closed {
        @Expose
        public void call() {}
    }

    static class Hidden {
        @Expose
        void call() {}
    }

    static class Stuck {
        @Expose
        public void call() {}

        public final void other() {}
    }

    static class Plain {
        public void call() {}
    }
}
