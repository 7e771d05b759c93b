"""Faults of one query: names that nobody exports, windows of one's own, series of all hosts."""

import re

# In an expression, what stands before `{` is a metric; one without `{` matches neither job nor instance.
SELECTOR = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)\s*\{([^}]*)\}")
BARE = re.compile(r"(?<![\w:])(?:(?:mysql_wire_|jvm_|process_|\w+:mysql_wire_)[\w:]*|up|ALERTS)(?![\w:]|\s*\{)")
QUOTED = re.compile(r'"[^"]*"')
WINDOW = re.compile(r"\[([^\]]*)\]")
RATE = re.compile(r"\b(?:rate|irate|deriv)\(")
VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)")
# Of kube-state-metrics, which has a job and an instance of its own.
FOREIGN = {"kube_pod_info", "kube_pod_status_phase"}
WINDOWS = {"$__rate_interval": "1m", "$__range": "1h"}
BUILT_IN = {"__rate_interval", "__range", "__all", "__data", "__value", "__url_time_range"}


def query_faults(expr, contract, single=frozenset()):
    """single: variables that hold one value, never all."""
    for name, matchers in SELECTOR.findall(expr):
        if name in FOREIGN:
            continue
        if name not in contract.metrics:
            yield f"{name} is neither in README.md's table of metrics nor a recording rule"
        for label in ("job", "instance"):
            operator = "=" if label in single else "=~"
            if f'{label}{operator}"${label}"' not in matchers:
                yield f'{name} does not match {label}{operator}"${label}"'
        if name in contract.per_backend and not any(f'{label}="${label}"' in matchers for label in single):
            yield f"{name} has a series for each backend of all hosts: match one host or backend, or use a recording rule"
    for name in BARE.findall(QUOTED.sub('""', re.sub(r"\{[^}]*\}", "{}", expr))):
        yield f"{name} has no selector"
    for window in WINDOW.findall(expr):
        if window not in WINDOWS:
            yield f"window [{window}] is neither [$__rate_interval] nor [$__range]"
    if RATE.search(expr) and "$__rate_interval" not in expr:
        yield "has a rate, but no [$__rate_interval]"


def variables_of(text):
    """Names of Grafana's variables in a text, the built-in ones left out."""
    return {name for name in VARIABLE.findall(text) if name not in BUILT_IN}
