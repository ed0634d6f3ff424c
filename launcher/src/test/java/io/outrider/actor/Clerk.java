package io.outrider.actor;

import io.outrider.api.ReturnsProxy;
import io.outrider.api.function.RemoteFunction;
import java.util.Iterator;
import java.util.List;

/** What the tests of actors call. */
interface Clerk {
    long pid();

    /** Keeps an actor under a name. */
    void register(String name, Clerk clerk);

    /** An actor that was kept. */
    Clerk pick(String name);

    String echo(String text);

    /** What its hooks and the constructor have said so far. */
    List<String> log();

    /** Runs a1's or anybody's function here. */
    String tailValue(String text, RemoteFunction<String, String> function);

    /** Runs until somebody asks for the shutdown. */
    long runUntilShutdown() throws InterruptedException;

    /** Starts an actor inside this one, which ends with it. */
    Clerk colleague(String transport);

    @ReturnsProxy
    Note note();

    /** Ends all {@link Note#hold}. */
    void goOn();

    /** How many are being held. */
    int held();

    /** Runs until there is a file. */
    long runUntil(String file) throws InterruptedException;

    Iterator<Integer> count(int to);

    /** Attaches from here to another actor, and asks it. */
    String askOther(String address, byte[] secret, String text);

    void exit();

    interface Note {
        String read();

        /** Returns when its clerk says to go on. */
        String hold() throws InterruptedException;
    }
}
