package io.outrider.perf.bench;

/** A contender that stands between two others, to tell what the parts of a call cost; only the breakdown runs it. */
public interface Rung extends Contender {}
