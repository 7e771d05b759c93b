/** Who may ask, how often, and what every response carries. */
@NullMarked
package io.mysqlwire.exporter.web.security;

import org.jspecify.annotations.NullMarked;
