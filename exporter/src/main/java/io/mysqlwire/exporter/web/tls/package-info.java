/** TLS as the web config file asks for it, looked up anew for each connection. */
@NullMarked
package io.mysqlwire.exporter.web.tls;

import org.jspecify.annotations.NullMarked;
