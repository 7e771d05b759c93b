package io.mysqlwire.exporter.web.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Memory held for clients that are still reading. When it is too much, those go that began to read
 * first: at 20,000 series a page has 3 MB, and clients that never read would fill the heap.
 */
public final class Bodies {
  private static final long MOST_BYTES = 8 << 20;

  private final Set<Delivery> underWay = new LinkedHashSet<>();
  private final Map<RecordedResponse, Integer> readers = new HashMap<>();
  private long held;

  void begin(Delivery delivery) {
    List<Delivery> cut = new ArrayList<>();
    synchronized (this) {
      underWay.add(delivery);
      if (readers.merge(delivery.page(), 1, Integer::sum) == 1) {
        held += delivery.page().size();
      }
      while (held > MOST_BYTES && underWay.iterator().next().page() != delivery.page()) {
        Delivery oldest = underWay.iterator().next();
        cut.add(oldest);
        remove(oldest);
      }
    }
    cut.forEach(Delivery::cut);
  }

  synchronized void end(Delivery delivery) {
    remove(delivery);
  }

  private void remove(Delivery delivery) {
    if (underWay.remove(delivery)
        && readers.computeIfPresent(delivery.page(), (page, n) -> n > 1 ? n - 1 : null) == null) {
      held -= delivery.page().size();
    }
  }
}
