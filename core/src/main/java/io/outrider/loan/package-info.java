/** Loans as users hold them, and how they cross with a message: by name, never by value. */
@NullMarked
package io.outrider.loan;

import org.jspecify.annotations.NullMarked;
