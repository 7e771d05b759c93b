package io.mysqlwire.exporter.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Threads that connect again and again, say nothing, and each keep their last few hundred. */
final class Flood implements AutoCloseable {
  private static final int KEPT = 300;

  private final InetSocketAddress address;
  private final Semaphore made = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  Flood(InetSocketAddress address, int count) {
    this.address = address;
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::connectForEver, "flood");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void connectForEver() {
    Deque<SocketChannel> mine = new ArrayDeque<>();
    try {
      while (!over) {
        SocketChannel channel = SocketChannel.open();
        mine.add(channel);
        try {
          channel.connect(address);
          made.release();
        } catch (IOException e) {
          channel.close(); // thrown out already
        }
        if (mine.size() > KEPT) {
          mine.remove().close();
        }
      }
      for (SocketChannel channel : mine) {
        channel.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("no more sockets on this machine", e);
    }
  }

  /** Waits until so many were made since the last call. */
  void awaitConnections(int count) throws InterruptedException {
    made.acquire(count);
  }

  /** Interrupts those that wait in a connect. */
  @Override
  public void close() {
    over = true;
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // they are daemons
    }
  }
}
