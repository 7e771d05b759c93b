/** Tests of the pages over a real server on loopback. */
@NullMarked
package io.mysqlwire.exporter.web.config;

import org.jspecify.annotations.NullMarked;
