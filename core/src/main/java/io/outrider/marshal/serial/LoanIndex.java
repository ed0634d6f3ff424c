package io.outrider.marshal.serial;

import java.io.Serializable;

/**
 * Stands in for a loan.
 *
 * @param index of its block among those of the message
 */
record LoanIndex(int index) implements Serializable {}
