/** What the commands and answers of real clients say of a server. */
@NullMarked
package io.mysqlwire.exporter.health.traffic;

import org.jspecify.annotations.NullMarked;
