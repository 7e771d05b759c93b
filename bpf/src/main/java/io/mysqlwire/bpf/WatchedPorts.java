package io.mysqlwire.bpf;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Server ports that are watched.
 *
 * @param numbers those asked for by number, {@link #MAX_NUMBERS} at most
 * @param servers also every port that a running mysqld or mariadbd listens on
 */
public record WatchedPorts(List<Integer> numbers, boolean servers) {

  /** Most numbers that one exporter watches. */
  public static final int MAX_NUMBERS = 16;

  /** Word for {@link #servers}, in flags and for people. */
  public static final String AUTO = "auto";

  public WatchedPorts {
    numbers = List.copyOf(numbers);
    if (numbers.size() > MAX_NUMBERS || (numbers.isEmpty() && !servers)) {
      throw new IllegalArgumentException("ports must be 1 to 16, were " + numbers.size());
    }
  }

  /** One port. */
  public static WatchedPorts of(int number) {
    return new WatchedPorts(List.of(number), false);
  }

  /** The ports that mysqld and mariadbd processes listen on. */
  public static WatchedPorts ofServers() {
    return new WatchedPorts(List.of(), true);
  }

  /** In words, e.g. {@code ports 3306, 3307}. */
  public String describe() {
    String some =
        numbers.isEmpty()
            ? ""
            : (numbers.size() == 1 ? "port " : "ports ")
                + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String all = servers ? "every port that a mysqld or mariadbd listens on" : "";
    return some.isEmpty() || all.isEmpty() ? some + all : all + " and " + some;
  }

  /** E.g. {@code auto, 3307}. */
  @Override
  public String toString() {
    return Stream.concat(
            servers ? Stream.of(AUTO) : Stream.empty(), numbers.stream().map(String::valueOf))
        .collect(Collectors.joining(", "));
  }
}
