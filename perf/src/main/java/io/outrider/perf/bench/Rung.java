package io.outrider.perf.bench;

/** A contender for a comparison of its own, such as the breakdown of a call: only a command that names it runs it. */
public interface Rung extends Contender {}
