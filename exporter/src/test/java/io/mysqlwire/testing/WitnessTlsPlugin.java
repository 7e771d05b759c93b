package io.mysqlwire.testing;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/** TLS over witness sockets for MariaDB Connector/J: its option {@code tlsSocketType=witness}. */
public final class WitnessTlsPlugin extends DefaultTlsSocketPlugin {
  @Override
  public String type() {
    return "witness";
  }

  @Override
  public SSLSocket createSocket(Socket socket, SSLSocketFactory factory) throws IOException {
    WitnessSocket below = (WitnessSocket) socket;
    below.startTls();
    return below.encryptedBy(super.createSocket(socket, factory));
  }
}
