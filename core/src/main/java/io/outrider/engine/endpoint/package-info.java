/** The workers that this process can call, whoever started them: found by address, and attached to when first needed. */
@NullMarked
package io.outrider.engine.endpoint;

import org.jspecify.annotations.NullMarked;
