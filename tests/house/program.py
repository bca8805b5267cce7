#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command-line program as its users meet it: exit statuses, the picture of an error, JSON that other programs read, the same bytes twice and in any locale.

Usage: program.py SOURCE_ROOT PROGRAM
"""
import json
import math
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT, PROGRAM = pathlib.Path(sys.argv[1]), sys.argv[2]
REPORT = str(ROOT / "examples/scenarios/report.yaml")
CHAT = str(ROOT / "examples/scenarios/chat_service.yaml")
BROKEN = """aicompute: 1
models:
  chat:
    kind: inference
    parameters: 1T parameter
    tokens_per_query: 267 token/query
    utilization: 32 TFLOP/s
    queries_per_day: 6e8 query/day
    accelerator_peak: 65 TFLOP/s/accelerator
"""


def run(*words, text=None, environment=None):
    return subprocess.run([PROGRAM, *words], input=text, capture_output=True, text=True, timeout=60, env={**os.environ, **(environment or {})})


def catches_interrupts(process):
    """Whether a process has a handler for SIGINT by now."""
    caught = re.search(r"^SigCgt:\s*(\w+)$", pathlib.Path(f"/proc/{process}/status").read_text(), re.M).group(1)
    return int(caught, 16) >> (signal.SIGINT - 1) & 1


class Program(unittest.TestCase):
    def test_check_of_the_report_is_as_expected(self):
        done = run("check", REPORT)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("SPL-01b", done.stdout)

    def test_check_says_1_when_a_verdict_is_not_expected(self):
        text = "aicompute: 1\nassumptions: {a: 3 FLOP}\nclaims: [{id: c, published: 4 FLOP, computed: a}]\n"
        self.assertEqual(run("check", "-", text=text).returncode, 1)

    def test_wrong_usage_is_2_and_names_what_was_meant(self):
        for words in ([], ["evaluate", CHAT], ["eval"], ["eval", CHAT, "--wat"], ["eval", CHAT, "--format", "xml"], ["explain", CHAT], ["eval", CHAT, "--set", "x"]):
            done = run(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn("aicompute", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_what_comes_later_is_said_to_come_later(self):
        self.assertIn("this version does not have", run("catalog", CHAT).stderr)

    def test_sample_lists_draws_that_other_programs_read(self):
        text = "aicompute: 1\nassumptions: {a: 1 to 4, b: 'uniform(2 USD, 3 USD)'}\ncalculations: {y: a * b}\n"
        lines = run("sample", "-", "a", "b", "y", "--format", "csv", text=text).stdout.split("\n")
        self.assertEqual((lines[0], lines[-1], len(lines)), ("a,b [USD],y [USD]", "", 1026))
        for line in lines[1:-1]:
            a, b, y = map(float, line.split(","))
            self.assertEqual(a * b, y)
        table = json.loads(run("sample", "-", "--format", "json", "--samples", "128", "--threads", "1", text=text).stdout)["table"]
        self.assertEqual((table["kind"], len(table["columns"]), len(table["columns"][0]["values"])), ("draws", 1, 128))
        self.assertEqual(run("sample", "-", text=text).stdout.count("USD"), 1024)
        for many in ("2000", "2_000", "2k", "2e3"):
            self.assertEqual(len(run("sample", "-", "y", "--format", "csv", "--method", "mc", "--samples", many, text=text).stdout.splitlines()), 2001)
        for none in ("k", "2k0", "2_", "_2", "2.5k", "2e13", "1e10", "0k", "2 k"):
            self.assertEqual(run("sample", "-", "--samples", none, text=text).returncode, 2)

    def test_sample_draws_histograms(self):
        text = "aicompute: 1\nassumptions: {a: 1 to 4, b: 'uniform(2 USD, 3 USD)'}\ncalculations: {y: a * b, c: 3}\n"
        done = run("sample", "-", "y", "--histogram", text=text)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        bars = [line.count("█") for line in done.stdout.splitlines() if "USD" in line and re.search("[▏▎▍▌▋▊▉█] ", line)]
        self.assertEqual((len(bars), max(bars)), (20, 40))
        shares = [float(share) for share in re.findall(r"([0-9.]+) %$", done.stdout.split("uncertainty")[0], re.M)]
        self.assertAlmostEqual(sum(shares), 100, delta=0.1)
        self.assertIn("65536 draws", done.stdout)
        self.assertIn("uncertain", run("sample", "-", "c", "--histogram", text=text).stdout)
        for words in (["--histogram", "--shard", "0/2"], ["--samples", "4000000000"]):
            self.assertEqual(run("sample", "-", *words, text=text).returncode, 2)

    def test_sensitivity_draws_bars_and_gives_numbers(self):
        text = "aicompute: 1\nassumptions: {a: 1 to 4, b: 'uniform(2 USD, 3 USD)', c: 5}\ncalculations: {y: a * b * c}\n"
        done = run("sensitivity", "-", "y", text=text)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        bars = [line.count("█") for line in done.stdout.splitlines() if "█" in line]
        self.assertEqual(len(bars), 2)
        self.assertGreater(bars[0], 2 * bars[1])
        table = json.loads(run("sensitivity", "-", "y", "--format", "json", "--interval", "10..90 %", "--step", "10", text=text).stdout)["table"]
        column = {entry["name"]: entry["values"] for entry in table["columns"]}
        self.assertEqual((table["kind"], table["subject"], table["rows"]), ("sensitivity", "y", ["a", "b", "c"]))
        self.assertEqual(column["elasticity"], [1, 1, 1])
        self.assertAlmostEqual(column["high"][2] / column["low"][2], 1.1 / 0.9)
        self.assertAlmostEqual(column["input_low"][1], 2.1)

    def test_sensitivity_shares_the_variance_out(self):
        text = "aicompute: 1\nassumptions: {a: 1 to 4, b: 2 USD to 3 USD, c: 5}\ncalculations: {y: a * b * c}\n"
        table = json.loads(run("sensitivity", "-", "y", "--format", "json", "--second-order", text=text).stdout)["table"]
        column = {(entry["name"], entry["statistic"]): entry["values"] for entry in table["columns"]}
        self.assertEqual(table["rows"], ["a", "b", "c"])
        self.assertAlmostEqual(column["variance_share", None][0] + column["variance_share", None][1], 1)
        self.assertGreater(column["first", None][0], 0.9)
        self.assertIsNone(column["first", None][2])
        self.assertEqual(column["second", "a"][1], column["second", "b"][0])
        self.assertIn("of variance", run("sensitivity", "-", "y", text=text).stdout)
        self.assertNotIn("Together", run("sensitivity", "-", "y", text=text).stdout)

    def test_sensitivity_refuses_what_it_cannot_read(self):
        for words in (["sensitivity", CHAT], ["sensitivity", CHAT, "chat.nothing"], ["sensitivity", CHAT, "chat.capex", "--interval", "95..5"],
                      ["sensitivity", CHAT, "chat.capex", "--interval", "5..95x"], ["sensitivity", CHAT, "chat.capex", "--step", "x"], ["eval", CHAT, "--step", "5"]):
            done = run(*words)
            self.assertEqual((done.returncode, done.stdout), (2, ""), words)

    def test_an_error_is_a_picture_with_a_caret_and_a_repair(self):
        done = run("eval", "-", text=BROKEN)
        self.assertEqual(done.returncode, 2)
        lines = done.stderr.splitlines()
        self.assertTrue(lines[0].startswith("standard input:7:18: error: utilization: expected a ratio, found FLOP/s"), lines[0])
        self.assertEqual(lines[1], "    7 |     utilization: 32 TFLOP/s")
        self.assertEqual(lines[2], "      |                  ^^^^^^^^^^")
        self.assertTrue(lines[3].startswith("  help: "))
        self.assertNotIn("\x1b", done.stderr)

    def test_a_missing_file_and_a_directory_are_bad_input(self):
        for file in ("/nonexistent.yaml", str(ROOT)):
            self.assertEqual(run("eval", file).returncode, 2)

    def test_a_standard_input_that_cannot_be_read_is_not_taken_as_empty(self):
        done = subprocess.run(f'"{PROGRAM}" eval - <&-', shell=True, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (2, "aicompute: standard input cannot be read\n"))

    def test_a_change_of_any_length_is_refused_in_few_words(self):
        done = run("eval", CHAT, "--set", "chat.utilization=" + "1+" * 60000)
        self.assertEqual(done.returncode, 2)
        self.assertTrue(done.stderr.startswith("aicompute: --set 'chat.utilization=…' does not fit:\n"), done.stderr[:200])
        self.assertLess(len(done.stderr), 1500)

    def test_a_scenario_that_computes_nothing_says_so(self):
        self.assertIn("nothing is computed here", run("eval", "-", text="aicompute: 1\nassumptions: {a: 1}\n").stdout)
        self.assertNotIn("nothing is computed", run("eval", "-", "--all", text="aicompute: 1\nassumptions: {a: 1}\n").stdout)

    def test_a_model_in_place_of_its_quantity_is_said_to_be_one(self):
        done = run("explain", REPORT, "chatgpt")
        self.assertIn("chatgpt: this is a model; one of its quantities is wanted", done.stderr)
        self.assertIn("as in `chatgpt.compute_per_token`", done.stderr)

    def test_the_readme_shows_what_the_program_says(self):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        scenario = next(block for block in re.findall(r"```yaml\n(.*?)```", readme, flags=re.S) if "claims:" in block)
        shown = re.search(r"```console\n(.*?)```", readme, flags=re.S).group(1).split("$ aicompute ")
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "chat.yaml"
            for command, text in ((shown[1], scenario), (shown[2], scenario.replace("utilization: 32 %", "utilization: 32 TFLOP/s"))):
                file.write_text(text, encoding="utf-8")
                words, _, expected = command.partition("\n")
                done = subprocess.run([os.path.abspath(PROGRAM), *words.split()], cwd=folder, capture_output=True, text=True)
                self.assertIn(expected.strip(), done.stdout + done.stderr)

    def test_a_full_disk_is_a_failure(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "eval", CHAT], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(run("eval", CHAT, "--output", "/nonexistent/x").returncode, 3)

    def test_a_bad_scenario_spoils_no_output_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "out.txt"
            file.write_text("precious")
            self.assertEqual(run("eval", "-", "--output", str(file), text=BROKEN).returncode, 2)
            self.assertEqual(file.read_text(), "precious")

    def test_json_of_eval_has_the_keys_that_others_read(self):
        answer = json.loads(run("eval", REPORT, "--format", "json").stdout)
        self.assertEqual(set(answer) >= {"aicompute", "scenario", "samples", "seed", "quantities"}, True)
        by_name = {quantity["name"]: quantity for quantity in answer["quantities"]}
        rate = by_name["chatgpt.compute_rate"]
        self.assertEqual((rate["role"], rate["unit"], rate["display"]), ("output", "FLOP/s", "11.59 EFLOP/s"))
        self.assertTrue(math.isclose(rate["value"], 1.1588541666666668e19, rel_tol=1e-12))
        revenue = by_name["china_ai_server_market.revenue"]
        self.assertEqual((revenue["years"], revenue["unit"]), ([2023, 2024, 2025, 2026], "CNY/year"))
        self.assertEqual(len(revenue["values"]), 4)
        self.assertEqual({quantity["role"] for quantity in answer["quantities"]}, {"assumption", "input", "output"})

    def test_json_of_check_has_the_keys_that_others_read(self):
        answer = json.loads(run("check", REPORT, "--format", "json").stdout)
        claim = {claim["id"]: claim for claim in answer["claims"]}["AIS-06"]
        self.assertEqual(claim["unit"], "1/year")
        for key, value in {"published": 0.2083, "published_low": 0.20825, "published_high": 0.20835, "computed": 0.25494260954664894,
                           "computed_low": 0.2545702, "computed_high": 0.2553148, "ratio": 0.2083 / 0.25494260954664894}.items():
            self.assertTrue(math.isclose(claim[key], value, rel_tol=2e-5), (key, claim[key], value))
        self.assertEqual((claim["verdict"], claim["expected"]), ("differs", "differs"))
        self.assertIsInstance(claim["diagnosis"], list)
        self.assertEqual(set(answer["summary"]), {"holds", "reading", "differs", "not_checkable", "unexpected"})

    def test_a_title_line_is_no_wider_than_a_page(self):
        self.assertLess(len(run("check", REPORT).stdout.splitlines()[0]), 130)

    def test_several_files_are_one_answer(self):
        training = str(ROOT / "examples/scenarios/training_run.yaml")
        answer = json.loads(run("check", REPORT, training, "--format", "json").stdout)
        self.assertEqual(len(answer["files"]), 2)
        self.assertEqual(answer["summary"]["holds"], sum(file["summary"]["holds"] for file in answer["files"]))
        csv = run("check", REPORT, training, "--format", "csv").stdout.splitlines()
        self.assertEqual(sum(line.startswith("id,") for line in csv), 1)

    def test_set_changes_an_input_and_refuses_what_does_not_fit(self):
        def servers(*words):
            answer = json.loads(run("eval", CHAT, "chat.servers", "--format", "json", *words).stdout)
            return answer["quantities"][0]["value"]
        self.assertTrue(math.isclose(servers("--set", "chat.utilization=16 %"), 2 * servers(), rel_tol=1e-12))
        done = run("eval", CHAT, "--set", "chat.utilization=40 FLOP")
        self.assertEqual(done.returncode, 2)
        self.assertIn("expected a ratio", done.stderr)
        done = run("eval", CHAT, "--set", "chat.utilisation=40 %")
        self.assertIn("--set 'chat.utilisation=40 %'", done.stderr)
        self.assertIn("did you mean `chat.utilization`", done.stderr)
        market = str(ROOT / "examples/scenarios/server_market.yaml")
        self.assertEqual(run("eval", market, "--set", "market.shipments_before[2020]=5e5 server/year").returncode, 0)

    def test_a_library_brings_kinds_of_ones_own(self):
        with tempfile.TemporaryDirectory() as folder:
            library = pathlib.Path(folder) / "kinds.yaml"
            library.write_text("aicompute: 1\ndefinitions:\n  robots:\n    title: Robots\n    inputs:\n      fleet: {unit: robot}\n      wage: {unit: money/robot/year}\n"
                               "    outputs:\n      payroll: {unit: money/year, formula: fleet * wage}\nunits: {robot: base}\n")
            text = "aicompute: 1\nmodels:\n  r: {kind: robots, fleet: 3 robot, wage: 5 USD/robot/year}\n"
            answer = json.loads(run("eval", "-", "--library", str(library), "--format", "json", text=text).stdout)
            payroll = {quantity["name"]: quantity for quantity in answer["quantities"]}["r.payroll"]
            self.assertEqual((payroll["unit"], round(payroll["value"], 9)), ("USD/year", 15))
            self.assertIn("robots", run("models", "--library", str(library)).stdout)
            self.assertEqual(run("eval", "-", text=text).returncode, 2)

    def test_explain_goes_down_to_sourced_assumptions_and_defaults(self):
        done = run("explain", REPORT, "chatgpt.capex")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for words in ("servers", "29k USD/server", "65 TFLOP/s/accelerator", "1万亿 parameter", "galaxy", "default"):
            self.assertIn(words, done.stdout)
        json.loads(run("explain", REPORT, "chatgpt.capex", "--format", "json").stdout)

    def test_diff_says_what_differs_and_by_what_each_result_moved(self):
        done = run("diff", CHAT, CHAT, "--set", "chat.utilization=40 %", "--set", "questions=12 query/visit", "--format", "json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        diff = json.loads(done.stdout)["diff"]
        self.assertEqual({entry["name"] for entry in diff["assumptions"]}, {"chat.utilization", "questions"})
        self.assertEqual((diff["formulas"], diff["unattributed"]), ([], []))
        servers = {entry["name"]: entry for entry in diff["results"]}["chat.servers"]
        effects = {cause["input"]: cause["effect"] for cause in servers["by"]}
        self.assertTrue(math.isclose(effects["questions"], 0.2 * servers["a"], rel_tol=1e-9))
        self.assertTrue(math.isclose(effects["chat.utilization"], -0.2 * servers["a"], rel_tol=1e-9))
        self.assertTrue(math.isclose(sum(effects.values()) + servers["interaction"], servers["change"], rel_tol=1e-9))
        self.assertTrue(math.isclose(servers["ratio"], servers["b"] / servers["a"], rel_tol=1e-12))

    def test_diff_is_0_whether_or_not_there_is_a_difference_and_2_on_bad_input(self):
        same = run("diff", CHAT, CHAT)
        self.assertEqual((same.returncode, same.stdout.splitlines()[-1]), (0, "nothing differs"))
        for form in ("text", "csv", "markdown"):
            self.assertEqual(run("diff", CHAT, REPORT, "--format", form).returncode, 0)
        self.assertEqual(run("diff", CHAT).returncode, 2)
        self.assertEqual(run("diff", "-", "-", text=BROKEN).returncode, 2)
        self.assertEqual(run("diff", CHAT, "-", text=BROKEN).returncode, 2)
        self.assertEqual(run("diff", "-", CHAT, text="aicompute: 1\nassumptions: {a: 0, b: 1 / a}\n").returncode, 2)

    def test_check_can_insist_on_sources_and_on_no_defaults(self):
        sourced = ("aicompute: 1\nsources: {s: A source}\nassumptions: {a: {value: 3 FLOP, source: s}, b: 2}\n"
                   "claims: [{id: c, published: 3 FLOP, computed: a}%s]\n")
        self.assertEqual(run("check", "-", "--require-sources", text=sourced % "").returncode, 0)
        done = run("check", "-", "--require-sources", text=sourced % ", {id: d, published: 2, computed: b}")
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (1, "  d: b"))
        self.assertEqual(run("check", "-", text=sourced % ", {id: d, published: 2, computed: b}").returncode, 0)
        default = "aicompute: 1\nmodels: {t: {kind: training, parameters: 1e9 parameter, tokens: 1e9 token}}\nclaims: [{id: c, published: 6e18 FLOP, computed: t.compute}]\n"
        done = run("check", "-", "--no-defaults", text=default)
        self.assertEqual(done.returncode, 1)
        self.assertIn("  c: t.", done.stdout)
        claim = json.loads(run("check", "-", "--no-defaults", "--format", "json", text=default).stdout)["claims"][0]
        self.assertIn("t.epochs", claim["defaults"])
        self.assertIn("t.parameters", claim["unsourced"])

    def test_models_and_units_answer(self):
        self.assertIn("accelerators_per_server", run("models", "inference").stdout)
        self.assertIn("did you mean `inference`", run("models", "inferense").stderr)
        self.assertEqual(len(json.loads(run("models", "--format", "json").stdout)["kinds"]), 10)
        self.assertTrue(math.isclose(json.loads(run("units", "PFLOP/s-day", "--format", "json").stdout)["scale"], 8.64e19))
        self.assertIn("token", run("units").stdout)

    def test_solve_finds_the_input_and_says_so_when_there_is_none(self):
        done = run("solve", CHAT, "chat.servers=5000 server", "--by", "chat.utilization", "--format", "json")
        table = json.loads(done.stdout)["table"]
        self.assertEqual((done.returncode, table["kind"], table["remarks"]), (0, "solve", []))
        value, = table["columns"][0]["values"]
        again = json.loads(run("eval", CHAT, "chat.servers", "--set", f"chat.utilization={value!r}", "--format", "json").stdout)
        self.assertTrue(math.isclose(again["quantities"][0]["value"], 5000, rel_tol=1e-15))
        self.assertIn("checked: chat.servers = 5000 server", run("solve", CHAT, "chat.servers=5000 server", "--by", "chat.utilization").stdout)
        none = run("solve", CHAT, "chat.servers=1 server", "--by", "chat.utilization")
        self.assertEqual((none.returncode, none.stderr), (1, ""))
        self.assertIn("always above the target", none.stdout)
        none = run("solve", CHAT, "chat.servers=1 server", "--by", "chat.utilization", "--format", "csv")
        self.assertEqual((none.returncode, len(none.stdout.splitlines())), (1, 1))
        self.assertIn("AIC-823", none.stderr)
        out = run("solve", CHAT, "chat.servers=1 server", "--by", "chat.utilization", "--between", "1..100000")
        self.assertEqual(out.returncode, 1)
        self.assertIn("not allowed", out.stdout)
        for words in (["chat.servers", "--by", "visits"], ["chat.servers=1 server"], ["chat.servers=1 server", "--by", "visits", "--between", "3"], ["chat.servers=1 kg", "--by", "visits"]):
            self.assertEqual(run("solve", CHAT, *words).returncode, 2)

    def test_sweep_makes_tables_of_grids_and_rows(self):
        grid = run("sweep", CHAT, "chat.servers", "--over", "chat.utilization=20 %..40 %:2", "--over", "visits=30M visit/day,60M visit/day,90M visit/day")
        self.assertEqual(grid.returncode, 0)
        self.assertIn("chat.servers, by chat.utilization (down) and visits (across)", grid.stdout)
        table = json.loads(run("sweep", CHAT, "chat.servers", "--over", "chat.utilization=20 %,40 %", "--format", "json").stdout)["table"]
        self.assertEqual((table["kind"], table["columns"][0]["values"]), ("sweep", [0.2, 0.4]))
        self.assertEqual([round(value) for value in table["columns"][1]["values"]], [5200, 2600])
        rows = run("sweep", CHAT, "chat.servers", "--rows", "-", "--format", "csv", text="chat.utilization [%]\r\n20\r\n40\r\n")
        self.assertRegex(rows.stdout, r"^chat.utilization,chat.servers \[server\]\n0\.2,5199\.98\d*\n0\.4,2599\.99\d*\n$")
        amiss = run("sweep", CHAT, "chat.servers", "--over", "chat.utilization=20 %,140 %", "--format", "csv")
        self.assertEqual((amiss.returncode, amiss.stdout.splitlines()[2]), (0, "1.4,"))
        self.assertIn("AIC-834", amiss.stderr)
        bad = run("sweep", CHAT, "--rows", "-", text="chat.utilization\n20 kg\n")
        self.assertEqual(bad.returncode, 2)
        self.assertIn("standard input:2:1: error: chat.utilization: expected a ratio, found g [AIC-411]", bad.stderr)
        for words in ([], ["--over", "visits"], ["--over", "visits=1 visit/day", "--rows", "x.csv"], ["--rows", "/nowhere.csv"], ["--over", "visits=1..2"]):
            self.assertEqual(run("sweep", CHAT, *words).returncode, 2)

    @unittest.skipUnless(pathlib.Path("/proc/self/status").exists(), "needs /proc to see when the program listens")
    def test_an_interrupted_sweep_or_solve_says_so(self):
        uncertain = ["--set", "chat.utilization=20 % to 40 %", "--samples", "4000000"]
        for words in (["sweep", CHAT, "chat.capex", "--over", "visits=1M visit/day..90M visit/day:5000"], ["solve", CHAT, "p95(chat.capex)=1B USD", "--by", "visits"]):
            with subprocess.Popen([PROGRAM, *words, *uncertain], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
                while process.poll() is None and not catches_interrupts(process.pid):
                    time.sleep(0.01)
                process.send_signal(signal.SIGINT)
                out, error = process.communicate(timeout=60)
            self.assertEqual((process.returncode, out), (130, ""))
            self.assertEqual(error.splitlines()[-1], "aicompute: interrupted [AIC-104]")

    def test_long_work_says_on_a_terminal_how_far_it_is(self):
        uncertain = ["--set", "chat.utilization=20 % to 40 %"]
        for words, line in ((["eval", CHAT, "--samples", "4000000000"], rb"\d+ % of 4294967296 draws, \d+ s left"),
                            (["sweep", CHAT, "chat.capex", "--samples", "100000", "--over", "visits=1M visit/day..90M visit/day:100000"], rb"\d+ points, \d+ s")):
            terminal, end = pty.openpty()
            with subprocess.Popen([PROGRAM, *words, *uncertain], stdout=subprocess.PIPE, stderr=end) as process:
                os.close(end)
                seen = b""
                while re.search(line, seen) is None:
                    seen += os.read(terminal, 4096)
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.communicate(timeout=60)[0], b"")
            self.assertEqual(process.returncode, 130)
            while b"AIC-104" not in seen:
                seen += os.read(terminal, 4096)
            os.close(terminal)
            self.assertRegex(seen, rb"\r +\r[^\r]*interrupted")  # the line is wiped before anything else is said

    def test_output_is_the_same_bytes_in_any_locale(self):
        for words in (["eval", REPORT], ["eval", REPORT, "--format", "json"], ["check", REPORT], ["explain", REPORT, "sora.duration"]):
            plain = run(*words).stdout
            self.assertEqual(plain, run(*words, environment={"LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"}).stdout)
            self.assertEqual(plain, run(*words).stdout)

    def test_chinese_numerals_on_request(self):
        self.assertIn("亿", run("eval", CHAT, "--numerals", "chinese").stdout)

    def test_help_and_version(self):
        self.assertEqual(run("--help").returncode, 0)
        self.assertIn("--set", run("eval", "--help").stdout)
        self.assertRegex(run("--version").stdout, r"^aicompute \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
