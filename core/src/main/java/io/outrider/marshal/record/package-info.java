/** Records that are declared in a contract: encoded component by component by classes generated for them. */
@NullMarked
package io.outrider.marshal.record;

import org.jspecify.annotations.NullMarked;
