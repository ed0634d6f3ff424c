package io.outrider.api;

/**
 * Who holds how much of one side's arena. Immutable.
 *
 * @param capacityBytes what this process can loan altogether
 * @param here how many blocks that it loaned it still holds itself
 * @param hereBytes how much those are
 * @param there how many blocks that it loaned the other process holds, those on their way to it included
 * @param thereBytes how much those are
 * @param borrowed how many blocks of the other process's memory this one holds
 * @param borrowedBytes how much those are
 * @param leaked how many loans were dropped in this process without being closed, since the start
 */
public record ArenaUsage(
        long capacityBytes,
        int here,
        long hereBytes,
        int there,
        long thereBytes,
        int borrowed,
        long borrowedBytes,
        long leaked) {}
