"use strict";
// Keeps the page current: fetches it again and changes what has changed in <main>. Without this script
// the page shows the same, reloaded by the browser.
(() => {
  const PAUSE_MS = 2000;
  const PATIENCE_MS = 8000;
  const main = document.querySelector("main");
  const state = document.getElementById("state");
  const script = document.querySelector("script").text;
  const orders = {}; // id of a table: {column, descending}
  let latest = document.documentElement.outerHTML;
  let timer = 0;
  let busy = false;

  function say(kind, text) {
    state.className = kind;
    document.body.classList.toggle("stale", kind === "stale");
    if (state.textContent !== text) {
      state.textContent = text;
    }
  }

  // Makes "to" of "from", node by node, so that what did not change stays: scroll positions, focus.
  function morph(from, to) {
    if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
      from.replaceWith(document.importNode(to, true));
      return;
    }
    if (from.nodeType !== Node.ELEMENT_NODE) {
      if (from.data !== to.data) {
        from.data = to.data;
      }
      return;
    }
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name)) {
        from.removeAttribute(name);
      }
    }
    for (const { name, value } of to.attributes) {
      if (from.getAttribute(name) !== value) {
        from.setAttribute(name, value);
      }
    }
    [...to.childNodes].forEach((child, i) => {
      if (i < from.childNodes.length) {
        morph(from.childNodes[i], child);
      } else {
        from.append(document.importNode(child, true));
      }
    });
    while (from.childNodes.length > to.childNodes.length) {
      from.lastChild.remove();
    }
  }

  function value(row, column) {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  }

  function compare(one, other) {
    return typeof one === "number" ? one - other : one.localeCompare(other, undefined, { numeric: true });
  }

  // Adds what only a script can do: headings that sort, and the order that was asked for.
  function prepare(page) {
    for (const table of page.querySelectorAll("table")) {
      const order = orders[table.id];
      [...table.tHead.rows[0].cells].forEach((heading, column) => {
        const button = page.createElement("button");
        button.type = "button";
        button.dataset.column = column;
        button.append(...heading.childNodes);
        heading.append(button);
        if (order && order.column === column) {
          heading.setAttribute("aria-sort", order.descending ? "descending" : "ascending");
        }
      });
      if (order) {
        const sign = order.descending ? -1 : 1;
        const body = table.tBodies[0];
        body.append(
          ...[...body.rows].sort((a, b) => sign * compare(value(a, order.column), value(b, order.column))));
      }
    }
  }

  function show() {
    const page = new DOMParser().parseFromString(latest, "text/html");
    prepare(page);
    morph(main, page.querySelector("main"));
    document.title = page.title;
  }

  // Each click on a heading: its natural order, the other one, the server's.
  function sort(button) {
    const table = button.closest("table");
    const column = Number(button.dataset.column);
    const first = button.closest("th").classList.contains("n"); // numbers: the largest first
    const order = orders[table.id];
    if (!order || order.column !== column) {
      orders[table.id] = { column, descending: first };
    } else if (order.descending === first) {
      order.descending = !first;
    } else {
      delete orders[table.id];
    }
    show();
  }

  function isSelecting() {
    const selection = getSelection();
    return !selection.isCollapsed && main.contains(selection.anchorNode);
  }

  async function refresh() {
    try {
      const response = await fetch(location.pathname, {
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!response.ok) {
        throw new Error(`the exporter answers ${response.status}`);
      }
      const text = await response.text();
      if (isSelecting()) {
        return;
      }
      if (!text.includes(script)) {
        location.reload(); // the exporter is another version now
        return;
      }
      latest = text;
      show();
      say("live", "Live");
    } catch (problem) {
      const why = problem.message.startsWith("the exporter") ? problem.message : "the exporter does not answer";
      say("stale", `Stale since ${document.getElementById("as-of").textContent}: ${why}`);
    }
  }

  async function tick() {
    clearTimeout(timer);
    if (busy) {
      return;
    }
    busy = true;
    if (document.hidden) {
      say("paused", "Paused");
    } else if (isSelecting()) {
      say("paused", "Paused while text is selected");
    } else {
      await refresh();
    }
    busy = false;
    if (!document.hidden) {
      timer = setTimeout(tick, PAUSE_MS);
    }
  }

  document.getElementById("refresh").hidden = true;
  main.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-column]");
    if (button) {
      sort(button);
    }
  });
  document.addEventListener("visibilitychange", tick);
  show();
  say("live", "Live");
  timer = setTimeout(tick, PAUSE_MS);
})();
