package io.outrider.launcher.cli.demo;

/** What each reading is of. */
enum Column {
    /** Of the air at sea level, in hectopascals. */
    PRESSURE("pressure", 1, 1017.220790),
    /** Of the air, in degrees Celsius. */
    TEMPERATURE("temperature", 2, 11.127617),
    /** Its speed, in metres per second. */
    WIND("wind", 3, 3.597637);

    private final String label;
    private final int field;
    private final double knownMean;

    Column(final String label, final int field, final double knownMean) {
        this.label = label;
        this.field = field;
        this.knownMean = knownMean;
    }

    String label() {
        return label;
    }

    /** Which field of a row it is. */
    int field() {
        return field;
    }

    /** Where it is in a frame of the feed. */
    int offset() {
        return (field - 1) * Double.BYTES;
    }

    /** The mean of the year, to six decimals. */
    double knownMean() {
        return knownMean;
    }
}
