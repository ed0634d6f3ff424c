/** The private directory of an executor, and what earlier ones left behind. */
@NullMarked
package io.outrider.launcher.session;

import org.jspecify.annotations.NullMarked;
