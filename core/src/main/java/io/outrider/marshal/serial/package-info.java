/** Object graphs by a serializer that the settings name, and the one that is JDK serialization. */
@NullMarked
package io.outrider.marshal.serial;

import org.jspecify.annotations.NullMarked;
