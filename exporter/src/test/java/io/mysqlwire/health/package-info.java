/** Verdicts on real servers in every kind of trouble, and what each check says meanwhile. */
@NullMarked
package io.mysqlwire.health;

import org.jspecify.annotations.NullMarked;
