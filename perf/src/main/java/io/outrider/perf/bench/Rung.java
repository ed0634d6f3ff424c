package io.outrider.perf.bench;

/** A contender that stands beside others for one purpose, such as a step of the breakdown; only a command that names it runs it. */
public interface Rung extends Contender {}
