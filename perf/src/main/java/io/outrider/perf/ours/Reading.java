package io.outrider.perf.ours;

/**
 * A record of four fields, such as a sensor would give.
 *
 * @param at when, in nanoseconds
 * @param index the int
 * @param value the double
 * @param valid whether it counts
 */
public record Reading(long at, int index, double value, boolean valid) {}
