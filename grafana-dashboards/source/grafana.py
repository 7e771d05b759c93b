"""Grafana's JSON for what the dashboards are made of: panels, tables, variables, the whole page."""

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
TAG = "mysql-wire-exporter"


def targets(queries, **more):
    """A query is PromQL, or (PromQL, legend)."""
    pairs = [query if isinstance(query, tuple) else (query, "") for query in queries]
    return [
        {
            "datasource": DATASOURCE,
            "editorMode": "code",
            "expr": expr,
            "legendFormat": legend,
            "refId": "ABCDEFGHIJ"[i],
            "range": True,
            **more,
        }
        for i, (expr, legend) in enumerate(pairs)
    ]


def steps(*values):
    """Colours from a value on: steps("green", 0.01, "orange", 0.05, "red")."""
    return {
        "mode": "absolute",
        "steps": [{"color": c, "value": v} for v, c in zip((None, *values[1::2]), values[::2])],
    }


def panel(kind, title, description, size, queries, unit, options, defaults, overrides=(), **more):
    return {
        "type": kind,
        "title": title,
        "description": description,
        "size": size,
        "datasource": DATASOURCE,
        "targets": targets(queries, **more.pop("target", {})),
        "fieldConfig": {"defaults": {"unit": unit, **defaults}, "overrides": list(overrides)},
        "options": options,
        **more,
    }


def stat(title, description, query, unit, thresholds=steps("green"), size=(4, 4), text="auto", graph="area", **defaults):
    instant = {"instant": True, "range": False} if graph == "none" else {}
    options = {
        "colorMode": "value",
        "graphMode": graph,
        "justifyMode": "auto",
        "orientation": "auto",
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "textMode": text,
    }
    defaults = {"color": {"mode": "thresholds"}, "thresholds": thresholds, **defaults}
    return panel("stat", title, description, size, [query], unit, options, defaults, target=instant)


def graph(title, description, queries, unit, size=(12, 8), stack=False, **defaults):
    options = {
        "legend": {
            "calcs": ["lastNotNull", "max"],
            "displayMode": "table",
            "placement": "bottom",
            "showLegend": True,
            "sortBy": "Last *",
            "sortDesc": True,
        },
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    custom = {
        "drawStyle": "line",
        "fillOpacity": 30 if stack else 8,
        "lineWidth": 1,
        "showPoints": "never",
        "spanNulls": False,
        "stacking": {"group": "A", "mode": "normal" if stack else "none"},
    }
    return panel(
        "timeseries", title, description, size, queries, unit, options,
        {"color": {"mode": "palette-classic"}, "custom": custom, "min": 0, **defaults},
    )


def heatmap(title, description, query, size=(12, 8)):
    options = {
        "calculate": False,
        "cellGap": 1,
        "color": {"exponent": 0.5, "mode": "scheme", "scale": "exponential", "scheme": "Oranges", "steps": 64},
        "filterValues": {"le": 1e-09},
        "legend": {"show": True},
        "rowsFrame": {"layout": "auto"},
        "tooltip": {"mode": "single", "yHistogram": False},
        "yAxis": {"axisPlacement": "left", "reverse": False, "unit": "s"},
    }
    custom = {"scaleDistribution": {"type": "linear"}}
    return panel(
        "heatmap", title, description, size, [(query, "{{le}}")], "short", options, {"custom": custom},
        target={"format": "heatmap"},
    )


def timeline(title, description, queries, states, size=(24, 8)):
    """states: what each value means, as value: (text, colour)."""
    mapping = {str(value): {"text": text, "color": color, "index": i} for i, (value, (text, color)) in enumerate(states.items())}
    options = {
        "alignValue": "left",
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": False},
        "mergeValues": True,
        "rowHeight": 0.9,
        "showValue": "auto",
        "tooltip": {"mode": "single", "sort": "none"},
    }
    defaults = {
        "color": {"mode": "thresholds"},
        "custom": {"fillOpacity": 80, "lineWidth": 0},
        "mappings": [{"type": "value", "options": mapping}],
        "thresholds": steps("text"),
    }
    return panel("state-timeline", title, description, size, queries, "none", options, defaults)


def table(title, description, queries, columns, size=(24, 8), sort=None):
    """columns: (field, heading, width, unit or None for text, {further properties}).

    Text must not get a number's unit: error code 1062 would read "1.06 K". So the panel's own unit is text's, and each
    column of numbers names its own. No other column is shown, and all have a width: what is wider than the panel is
    out of sight.
    """
    # The widest text takes what the others leave.
    widest = max((column for column in columns if not column[3]), key=lambda column: column[2] or 0)
    overrides = []
    for field, heading, width, unit, more in columns:
        fixed = field != widest[0]
        properties = [{"id": "custom.width" if fixed else "custom.minWidth", "value": width}] if width else []
        if unit:
            properties += [{"id": "unit", "value": unit}, {"id": "custom.align", "value": "right"}]
        properties += [{"id": key, "value": value} for key, value in more.items()]
        overrides.append({"matcher": {"id": "byName", "options": heading}, "properties": properties})
    return panel(
        "table", title, description, size, queries, "string",
        {"cellHeight": "sm", "showHeader": True, "sortBy": [{"displayName": sort, "desc": True}] if sort else []},
        {"custom": {"align": "auto", "filterable": True, "minWidth": 60}},
        overrides,
        target={"format": "table", "instant": True, "range": False},
        transformations=[
            {"id": "merge", "options": {}},
            {"id": "filterFieldsByName", "options": {"include": {"names": [column[0] for column in columns]}}},
            {
                "id": "organize",
                "options": {
                    "indexByName": {column[0]: i for i, column in enumerate(columns)},
                    "renameByName": {column[0]: column[1] for column in columns if column[0] != column[1]},
                },
            },
        ],
    )


def row(title):
    return {"type": "row", "title": title, "size": (24, 1), "collapsed": False, "panels": []}


def lay_out(panels):
    """Places panels from left to right, in lines as high as their highest."""
    x = y = height = 0
    placed = []
    for number, one in enumerate(panels, 1):
        wide, high = one.pop("size")
        if x + wide > 24:
            x, y, height = 0, y + height, 0
        placed.append({"id": number, "gridPos": {"x": x, "y": y, "w": wide, "h": high}, **one})
        x, height = x + wide, max(height, high)
    return placed


def variable(name, label, description, series, single=False, every=".+"):
    query = f"label_values({series}, {name})"
    current = {} if single else {"selected": True, "text": ["All"], "value": ["$__all"]}
    return {
        "type": "query",
        "name": name,
        "label": label,
        "description": description,
        "datasource": DATASOURCE,
        "definition": query,
        "query": {"query": query, "refId": "StandardVariableQuery"},
        "current": current,
        "includeAll": not single,
        "multi": not single,
        **({} if single else {"allValue": every}),
        "options": [],
        "refresh": 2,
        "regex": "",
        "sort": 1,
    }


def annotation(name, expr, color, title, text, **more):
    return {
        "name": name,
        "datasource": DATASOURCE,
        "enable": True,
        "hide": False,
        "iconColor": color,
        "expr": expr,
        "titleFormat": title,
        "textFormat": text,
        "step": "30s",
        **more,
    }


def dashboard(uid, title, description, variables, panels, annotations=()):
    built_in = {
        "builtIn": 1, "datasource": {"type": "grafana", "uid": "-- Grafana --"}, "enable": True, "hide": True,
        "iconColor": "rgba(0, 211, 255, 1)", "name": "Annotations & Alerts", "type": "dashboard",
    }
    source = {
        "type": "datasource", "name": "datasource", "label": "Data source", "query": "prometheus",
        "description": "The Prometheus that scrapes the exporters.", "current": {}, "includeAll": False, "multi": False,
        "options": [], "refresh": 1, "regex": "",
    }
    others = {
        "type": "dashboards", "title": "MySQL wire", "tags": [TAG], "asDropdown": True, "includeVars": True,
        "keepTime": True, "targetBlank": False, "icon": "external link", "tooltip": "", "url": "",
    }
    return {
        "annotations": {"list": [built_in, *annotations]},
        "description": description,
        "editable": False,
        "fiscalYearStartMonth": 0,
        "graphTooltip": 1,
        "id": None,
        "links": [others],
        "panels": lay_out(panels),
        "refresh": "30s",
        "schemaVersion": 42,
        "tags": ["mysql", "mariadb", TAG],
        "templating": {"list": [source, *variables]},
        "time": {"from": "now-1h", "to": "now"},
        "timepicker": {},
        "timezone": "",
        "title": f"MySQL wire / {title}",
        "uid": uid,
        "version": 1,
        "weekStart": "",
    }
