package io.outrider.launcher.cli.demo;

import io.outrider.api.RemoteStream;

/** The contract of the demonstration: what is asked of the hourly temperatures of some months. All are in degrees Celsius. */
interface WeatherStation {
    /** The process in which this was computed. */
    long pid();

    /** How many readings there are. */
    int readings();

    /** The reading at an index, from 0. */
    double temperature(int index);

    /** The mean of all readings. */
    double meanTemperature();

    /** The mean of the readings of one month, 1 to 12. */
    double meanTemperature(int month);

    /** The lowest reading. */
    double minimumTemperature();

    /** The highest reading. */
    double maximumTemperature();

    /** The highest mean of 24 readings in a row that end with one of this station's. */
    double maximumDayMean();

    /** The means of 24 readings in a row that end with one of this station's in a month, computed as they are taken. */
    RemoteStream.OfDouble dayMeans(int month);

    /** How many of those have been computed up to now. */
    int dayMeansComputed();
}
