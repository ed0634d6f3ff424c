package io.outrider.stub;

/** The superclass of every generated dispatcher: calls methods of a contract by their index. Stateless, safe from any thread. */
public abstract class Dispatcher {
    /** For generated classes. */
    protected Dispatcher() {}

    /**
     * Reads the arguments, calls the method, writes the result.
     *
     * @param target implements the contract
     * @param method index in the contract's table; the caller has checked that it is in range
     * @param call the arguments and the place for the result
     * @throws Throwable what the method throws, or what reading and writing threw
     */
    public abstract void dispatch(Object target, int method, IncomingCall call) throws Throwable;
}
