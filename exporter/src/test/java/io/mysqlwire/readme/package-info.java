/** The tables of README.md, which are made from the program and compared with it. */
@NullMarked
package io.mysqlwire.readme;

import org.jspecify.annotations.NullMarked;
