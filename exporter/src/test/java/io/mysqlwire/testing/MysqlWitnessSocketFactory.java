package io.mysqlwire.testing;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Witness sockets for MySQL Connector/J: its option {@code socketFactory}. */
public class MysqlWitnessSocketFactory extends StandardSocketFactory {
  private final WitnessSocket.Pace pace;

  /** The driver makes its factories itself, by name. */
  public MysqlWitnessSocketFactory() {
    this(WitnessSocket.Pace.FULL);
  }

  private MysqlWitnessSocketFactory(WitnessSocket.Pace pace) {
    this.pace = pace;
  }

  /** The same with clients that read slowly. */
  public static final class Slow extends MysqlWitnessSocketFactory {
    public Slow() {
      super(WitnessSocket.Pace.SLOW);
    }
  }

  @Override
  protected Socket createSocket(PropertySet properties) {
    try {
      return new WitnessSocket(pace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the driver asks for a Socket
  public <T extends Closeable> T performTlsHandshake(
      SocketConnection connection, ServerSession session, Log log) throws IOException {
    WitnessSocket below = (WitnessSocket) rawSocket;
    below.startTls();
    SSLSocket over = super.performTlsHandshake(connection, session, log);
    return (T) below.encryptedBy(over);
  }
}
