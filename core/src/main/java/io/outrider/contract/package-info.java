/** Turns a Java interface into a table of methods with a digest, the same in every JVM. */
@NullMarked
package io.outrider.contract;

import org.jspecify.annotations.NullMarked;
