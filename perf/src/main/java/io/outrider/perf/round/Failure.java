package io.outrider.perf.round;

import java.io.IOException;

/**
 * That a contender or probe failed in a round. What its earlier rounds found counts; the later ones leave it out.
 *
 * @param name of it
 * @param round from 1
 * @param reason with the end of its log
 */
public record Failure(String name, int round, IOException reason) {
    @Override
    public String toString() {
        return name + " failed in round " + round + ": " + reason.getMessage();
    }
}
