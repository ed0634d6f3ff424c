/** The settings of an executor, concluded once into frozen values. */
@NullMarked
package io.outrider.config;

import org.jspecify.annotations.NullMarked;
