/** What threads of several processes wait for each other by. */
@NullMarked
package io.outrider.manager.sync;

import org.jspecify.annotations.NullMarked;
