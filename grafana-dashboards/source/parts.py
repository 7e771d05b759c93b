"""What several dashboards have in common: matchers, variables, links, expressions, columns."""

from grafana import annotation, steps, variable

JI = 'job=~"$job",instance=~"$instance"'
COMMAND = 'response_type!~"auth_ok|auth_err|disconnect"'
RATE = "[$__rate_interval]"
RED_RATIO = ("transparent", 0.01, "orange", 0.05, "red")
REASONS = {
    "ok": "green", "down": "dark-red", "unreachable": "red", "refusing": "semi-dark-red", "stuck": "dark-orange",
    "exhausted": "orange", "cannot_read": "semi-dark-orange", "cannot_write": "dark-yellow", "read_only": "yellow",
    "slow_disk": "purple", "starting": "blue", "unknown": "#808080",
}


def job():
    return variable("job", "Job", "Scrape job of the exporters.", "mysql_wire_exporter_build_info")


def instance(single=False):
    return variable("instance", "Instance", "Exporter, one on each database host.",
                    'mysql_wire_exporter_build_info{job=~"$job"}', single)


def ratio(errors, all_, *by):
    """A backend without errors has no series of errors, and its ratio is 0."""
    by = f"by ({', '.join(by)}) " if by else ""
    numerator = f"(sum {by}({errors}) or 0 * sum {by}({all_}))"
    return f"{numerator} / (sum {by}({all_}) > 0)"


def named_errors(rate, instance='instance=~"$instance"'):
    """With the error's name and class."""
    info = f'mysql_wire_error_info{{job=~"$job",{instance}}}'
    return f"{rate} * on (job, instance, error_code) group_left (error, class) {info}"


def born(metric, matchers, instance, window="$__range"):
    """Increase that counts a series born inside the window with its whole value, as rules/recording.yml does."""
    series = f"{metric}{{{matchers}}}"
    there = f'mysql_wire_scrape_duration_seconds{{job=~"$job",{instance}}} offset {window}'
    return f"({series} unless {series} offset {window} and on (job, instance) {there}) or increase({series}[{window}])"


def link(title, uid, **variables):
    """To another dashboard, with the variables of this one and some set by the row that was clicked."""
    query = "&".join(f"var-{name}={value}" for name, value in variables.items())
    return {"title": title, "url": f"/d/{uid}?${{datasource:queryparam}}&${{job:queryparam}}&{query}&${{__url_time_range}}"}


def server_link(**more):
    return {"links": [link("Server", "mysql-wire-server", instance="${__data.fields.instance}",
                           server="${__data.fields.server}", **more)]}


def backend_link():
    return {"links": [link("Backend", "mysql-wire-backend", backend="${__value.raw}")]}


def background(*steps_):
    return {"custom.cellOptions": {"type": "color-background", "mode": "basic"}, "thresholds": steps(*steps_)}


def alerts(matchers=JI):
    firing = f'ALERTS{{alertname=~"MysqlWire.+",alertstate="firing",{matchers}}}'
    return annotation("Alerts", f"max by (alertname, instance, server, backend, severity) ({firing})", "red",
                      "{{alertname}}", "{{server}} {{backend}}", tagKeys="severity")


def verdicts(matchers=JI):
    """A line where a verdict's reason changed: the value is the time of it."""
    return annotation("Verdict changed", f"mysql_wire_health_since_seconds{{{matchers}}} * 1000", "purple",
                      "Verdict changed", "{{server}}", useValueForTime=True)


def verdict_code(matchers, by):
    """The reason as a number, for panels that give each number a text and a colour."""
    states = " or ".join(
        f'mysql_wire_health{{{matchers},reason="{reason}"}} * {i}' for i, reason in enumerate(REASONS, 1))
    return f"sum by ({by}) ({states})"


VERDICTS_OF_CODES = {i: (reason, color) for i, (reason, color) in enumerate(REASONS.items(), 1)}
