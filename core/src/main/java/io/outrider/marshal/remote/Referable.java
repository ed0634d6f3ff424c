package io.outrider.marshal.remote;

/** Marks values that cross as a {@link RemoteReference}: stubs. */
public interface Referable {}
