package io.outrider.api;

/**
 * An object as its worker sees it.
 *
 * @param id of the object, never used again
 * @param contract binary name of the interface by which it is called
 * @param type binary name of its class
 * @param holders how many references there are to it, those on their way included, and its owner if it has one
 */
public record ObjectInfo(long id, String contract, String type, int holders) {}
