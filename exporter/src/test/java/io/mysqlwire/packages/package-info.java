/** Packages of both modules, and which of them know which. */
@NullMarked
package io.mysqlwire.packages;

import org.jspecify.annotations.NullMarked;
