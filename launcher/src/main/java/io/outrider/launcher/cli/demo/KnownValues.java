package io.outrider.launcher.cli.demo;

/**
 * What the readings are known to give. Immutable.
 *
 * @param readings how many there are
 * @param mean of the year, in degrees Celsius as all that follow
 * @param minimum of the year
 * @param maximum of the year
 * @param july the mean of July
 * @param dayMean the highest mean of 24 readings in a row
 */
record KnownValues(int readings, double mean, double minimum, double maximum, double july, double dayMean) {
    static final KnownValues SEATTLE = new KnownValues(8_759, 11.127617307911862, 3.1, 24.4, 18.268010752688, 19.025);
}
