package java.lang;

/** What the classes for Java 21 need of it, so that a compiler of Java 17 can compile them. No part of any jar. */
public class Thread {
    public static Builder.OfVirtual ofVirtual() {
        throw new UnsupportedOperationException("for the compiler alone");
    }

    /** Of threads. */
    public interface Builder {
        /** Of virtual threads. */
        interface OfVirtual extends Builder {
            OfVirtual name(String name);

            Thread start(Runnable work);
        }
    }
}
