package io.outrider.launcher.calls;

/** Says who and where it is. */
interface Identity {
    long pid();

    String constructed();

    int calls();

    String threadName();

    /** Of this JVM: counts what was constructed and what was called here. */
    static int constructedHere() {
        return Self.CONSTRUCTED.get();
    }

    /** The one implementation. */
    class Self implements Identity {
        static final java.util.concurrent.atomic.AtomicInteger CONSTRUCTED =
                new java.util.concurrent.atomic.AtomicInteger();
        static final java.util.concurrent.atomic.AtomicInteger CALLED = new java.util.concurrent.atomic.AtomicInteger();

        private final long constructorPid = ProcessHandle.current().pid();
        private final int number = CONSTRUCTED.incrementAndGet();
        private int calls;

        @Override
        public long pid() {
            CALLED.incrementAndGet();
            calls++;
            return ProcessHandle.current().pid();
        }

        @Override
        public String constructed() {
            CALLED.incrementAndGet();
            return "number " + number + " in " + constructorPid;
        }

        @Override
        public int calls() {
            CALLED.incrementAndGet();
            return calls;
        }

        @Override
        public String threadName() {
            return Thread.currentThread().getName();
        }
    }
}
