"""The checks find what they are for: each case breaks a dashboard that is well in one way."""

import copy
import re
import textwrap
import unittest

from check_dashboards import HERE, dashboard_faults, read
from contract import Contract

CONTRACT = Contract()
SOUND = read([HERE / "server.json", HERE / "overview.json"])
UIDS = ["mysql-wire-server", "mysql-wire-overview", "mysql-wire-backend"]


def first(dashboard, kind):
    return next(panel for panel in dashboard["panels"] if panel["type"] == kind)


def replaced(before, after):
    def in_query(dashboard):
        target = first(dashboard, "timeseries")["targets"][0]
        assert before in target["expr"], target["expr"]
        target["expr"] = target["expr"].replace(before, after)

    return in_query


CASES = {
    "is neither in README.md": replaced("mysql_wire_responses_total", "mysql_wire_answers_total"),
    "has no selector": lambda d: first(d, "timeseries")["targets"][0].update(expr="mysql_wire_scrape_duration_seconds"),
    "window [5m]": replaced("$__rate_interval", "5m"),
    "does not match instance": replaced('instance="$instance",', ""),
    "a series for each backend of all hosts": replaced('instance="$instance",server="$server"', 'instance=~"$instance",server=~"$server"'),
    "$nobody, which is no variable": replaced('"$backend"', '"$nobody"'),
    "has no title": lambda d: first(d, "stat").pop("title"),
    "has no description": lambda d: first(d, "stat").pop("description"),
    "has no unit": lambda d: first(d, "stat")["fieldConfig"]["defaults"].pop("unit"),
    "does not use the variable datasource": lambda d: first(d, "stat")["datasource"].update(uid="mine"),
    "uid is not": lambda d: d.update(uid="x"),
    "1062 into 1.06 K": lambda d: first(d, "table")["fieldConfig"]["defaults"].update(unit="short"),
    "has no width": lambda d: first(d, "table")["fieldConfig"]["overrides"][0]["properties"].pop(0),
    "which is no dashboard here": lambda d: d.update(description="/d/mysql-wire-nowhere"),
    "lies over": lambda d: d["panels"][1]["gridPos"].update(x=0),
    "wider than the page": lambda d: d["panels"][1]["gridPos"].update(w=30),
    "the same id": lambda d: d["panels"][1].update(id=1),
}


class CheckTest(unittest.TestCase):
    def faults(self, stem, spoil=lambda dashboard: None):
        dashboard = copy.deepcopy(SOUND[stem])
        spoil(dashboard)
        return list(dashboard_faults(stem, dashboard, CONTRACT, UIDS))

    def test_sound_dashboards_have_no_fault(self):
        self.assertEqual(self.faults("server") + self.faults("overview"), [])

    def test_each_fault_is_found(self):
        for expected, spoil in CASES.items():
            with self.subTest(expected):
                self.assertTrue(any(expected in fault for fault in self.faults("server", spoil)), self.faults("server", spoil))

    def test_documented_join_is_the_tested_one(self):
        indented = re.search(r"- expr: \|\n((?: {10}.*\n)+)", (HERE / "tests/pod_names_test.yml").read_text())[1]
        self.assertIn(textwrap.indent(textwrap.dedent(indented), "    "), (HERE / "README.md").read_text())

    def test_panel_with_the_name_of_a_pod_is_the_tested_one(self):
        name = next(panel for panel in read([HERE / "backend.json"])["backend"]["panels"] if panel["title"] == "Name")
        expr = name["targets"][0]["expr"].replace("$backend", "10.244.0.4").replace('"$job"', '".+"').replace('"$instance"', '".+"')
        self.assertIn(expr, (HERE / "tests/pod_names_test.yml").read_text())


if __name__ == "__main__":
    unittest.main()
