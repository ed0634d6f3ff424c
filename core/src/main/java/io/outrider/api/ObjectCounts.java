package io.outrider.api;

/**
 * What a worker holds and what it has refused, counted now.
 *
 * @param objects that live there and were made, or exported, for others
 * @param references that keep them, those on their way included
 * @param unclaimed references of these that are on their way
 * @param refusedCalls that named no object or no method
 * @param refusedClients that could not prove themselves
 */
public record ObjectCounts(long objects, long references, long unclaimed, long refusedCalls, long refusedClients) {}
