/** The pages: metrics, landing page, health; Jetty without servlets. */
@NullMarked
package io.mysqlwire.exporter.web;

import org.jspecify.annotations.NullMarked;
