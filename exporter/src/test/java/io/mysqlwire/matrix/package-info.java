/**
 * Servers times client libraries times features: each cell is a conversation of its own that a
 * relay records, and the kernel has to have counted what the relay saw. A cell that cannot be says
 * why.
 */
@NullMarked
package io.mysqlwire.matrix;

import org.jspecify.annotations.NullMarked;
