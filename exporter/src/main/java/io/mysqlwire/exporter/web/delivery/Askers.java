package io.mysqlwire.exporter.web.delivery;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Those who wait for a page, by what they want; and whether a thread is at work for them. */
final class Askers {
  /** Clients could think of any number of {@code name[]}. */
  static final int MOST_VARIANTS = 64;

  private final Map<Variant, List<Asker>> waiting = new LinkedHashMap<>();
  private boolean working;

  record Asker(Request request, Response response, Callback callback) {
    /** Answers with a failure, in words if there is memory for them. */
    void fail(Throwable failure) {
      try {
        Response.writeError(request, response, callback, failure);
      } catch (Throwable e) {
        callback.failed(failure);
      }
    }
  }

  /** What is to be done with one who came. */
  enum Turn {
    /** Nobody is at work: whoever brought it is, until {@link #next} has nobody any more. */
    WORK,
    /** The one at work will get round to it. */
    WAIT,
    /** Too many different pages wait. */
    REFUSED
  }

  synchronized Turn add(Asker asker) {
    Variant variant = Variant.of(asker.request());
    if (!waiting.containsKey(variant) && waiting.size() >= MOST_VARIANTS) {
      return Turn.REFUSED;
    }
    waiting.computeIfAbsent(variant, key -> new ArrayList<>()).add(asker);
    if (working) {
      return Turn.WAIT;
    }
    working = true;
    return Turn.WORK;
  }

  /** Ends the work before its time; returns all who wait, who are to be told. */
  synchronized List<Asker> abandon() {
    working = false;
    List<Asker> left = waiting.values().stream().flatMap(List::stream).toList();
    waiting.clear();
    return left;
  }

  /** Those who want what was asked for first; empty when nobody waits, and then work is over. */
  synchronized List<Asker> next() {
    Iterator<List<Asker>> groups = waiting.values().iterator();
    if (!groups.hasNext()) {
      working = false;
      return List.of();
    }
    List<Asker> group = groups.next();
    groups.remove();
    return group;
  }
}
