/** Plain values that every layer shares: kinds of values on the wire, identities of workers and processes. */
@NullMarked
package io.outrider.model;

import org.jspecify.annotations.NullMarked;
