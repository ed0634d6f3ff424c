/** Values that do not cross as copies: in their place goes a reference, and the value stays where it lives. */
@NullMarked
package io.outrider.marshal.remote;

import org.jspecify.annotations.NullMarked;
