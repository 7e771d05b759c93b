package io.mysqlwire.exporter.web.config;

import java.util.List;
import java.util.Optional;

/**
 * {@code tls_server_config}, checked as far as it can be without reading other files.
 *
 * @param certificate with the chain behind it
 * @param clientCa empty for the CAs of the Java runtime
 * @param allowedSans one of which a client's certificate must have; empty for any
 * @param protocols by their Java names
 * @param cipherSuites by their Java names, in order of preference
 * @param curves by their names in Java's TLS; empty for all
 */
public record TlsSection(
    PemSource certificate,
    PemSource key,
    ClientAuth clientAuth,
    Optional<PemSource> clientCa,
    List<String> allowedSans,
    List<String> protocols,
    List<String> cipherSuites,
    boolean prefersServerCipherSuites,
    List<String> curves) {}
