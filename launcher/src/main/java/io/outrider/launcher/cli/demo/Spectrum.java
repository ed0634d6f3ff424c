package io.outrider.launcher.cli.demo;

import io.outrider.api.Loan;

/** What is asked of a loan with a year of readings. */
interface Spectrum {
    /** Up to how many cycles a year the spectrum goes. */
    int MOST_CYCLES = 1_000;

    /** The size of a loan for so many readings and their spectrum, in bytes. */
    static int bytesFor(final int readings) {
        return (readings + MOST_CYCLES + 1) * Double.BYTES;
    }

    /** Computes the spectrum in place: the amplitude of each number of cycles, from 0, behind the readings that the loan holds. */
    Loan transform(Loan year, int readings);

    /** The process in which this is computed. */
    long pid();

    /** Sums the readings up against a turning hand, one for each number of cycles: Fourier's transform as he wrote it. */
    final class Fourier implements Spectrum {
        @Override
        public Loan transform(final Loan year, final int readings) {
            for (int cycles = 0; cycles <= MOST_CYCLES; cycles++) {
                year.buffer().putDouble((readings + cycles) * Double.BYTES, amplitude(year, readings, cycles));
            }
            return year;
        }

        private static double amplitude(final Loan year, final int readings, final int cycles) {
            final double turn = 2 * Math.PI * cycles / readings;
            final double cosTurn = Math.cos(turn);
            final double sinTurn = Math.sin(turn);
            double cos = 1;
            double sin = 0;
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < readings; i++) {
                final double reading = year.buffer().getDouble(i * Double.BYTES);
                real += reading * cos;
                imaginary += reading * sin;
                final double next = cos * cosTurn - sin * sinTurn;
                sin = cos * sinTurn + sin * cosTurn;
                cos = next;
            }
            return 2 * Math.hypot(real, imaginary) / readings;
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }
    }
}
