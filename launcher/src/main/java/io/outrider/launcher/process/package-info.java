/** Worker processes: how they are forked, become ready, are watched and end. */
@NullMarked
package io.outrider.launcher.process;

import org.jspecify.annotations.NullMarked;
