/** Conformance suites and fault tools that the tests of the other modules share. */
@NullMarked
package io.outrider.testkit;

import org.jspecify.annotations.NullMarked;
