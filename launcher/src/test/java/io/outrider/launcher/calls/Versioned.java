package io.outrider.launcher.calls;

/** Another version of this is compiled by {@link ContractMismatchTest}. */
interface Versioned {
    int one();

    /** The one implementation. */
    class Here implements Versioned {
        @Override
        public int one() {
            return 1;
        }
    }
}
