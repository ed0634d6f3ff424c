package io.outrider.marshal.remote;

import java.io.Serializable;

/**
 * What crosses in place of a stub: where the object lives, and a grant, by which its worker keeps it while the reference is on
 * its way. Immutable.
 *
 * @param contract by which the object is called
 * @param digest of the sender's version of the contract
 * @param address where the worker listens
 * @param workerId its id, for messages
 * @param objectId of the object in it
 * @param grant what the receiver claims, and drops when it needs the object no more; 0 if nothing keeps the object
 */
public record RemoteReference(Class<?> contract, long digest, String address, int workerId, long objectId, long grant)
        implements Serializable {}
