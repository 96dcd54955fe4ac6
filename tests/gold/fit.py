#!/usr/bin/env python3
"""Fits the weights of patterns on annotated texts and writes them into the pattern sets.

  fit.py RHETOR SETS GOLD...        SETS: corpus/patterns/en; GOLD: NAME.gold.jsonl beside NAME.txt
  --dry-run                         says what it would write
  --strength K                      how many observations the author's weight counts for [6]

In: every tag of every pattern, unmerged, whatever its score. A tag is right where it touches a span of its device
that both readers saw; one that touches only what one reader saw is left out. Out: for each pattern that
fired, a logistic regression on the pattern's identity with a ridge towards its author's weight, so
that few firings change little: with one feature a pattern its solution is found by Newton's method.
"""
import argparse
import collections
import json
import math
import pathlib
import re
import subprocess
import sys

LOW, HIGH = 0.05, 0.95


def logit(p):
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))


def observe(rhetor, gold):
    """(rule, right) of every tag of one text; right None where one reader alone saw it."""
    text = str(gold).removesuffix(".gold.jsonl") + ".txt"
    rows = [json.loads(line) for line in open(gold, encoding="utf-8") if line.strip()]
    spans = collections.defaultdict(list)
    for row in rows:
        spans[row["device"]].append((row["start"], row["end"], row.get("readers", 2)))
    out = subprocess.run([rhetor, "--no-config", "--unmerged", "--format", "jsonl", text], check=True,
                         capture_output=True, text=True, encoding="utf-8").stdout
    for line in out.splitlines():
        tag = json.loads(line)
        hits = [r for s, e, r in spans[tag["device"]] if s < tag["end"] and tag["start"] < e]
        yield tag["pattern"], True if 2 in hits else None if hits else False


def fit(weight, right, wrong, strength):
    """The log-odds x that maximise right*log(s(x)) + wrong*log(1-s(x)) - strength/8 * (x-x0)^2."""
    x0 = x = logit(weight)
    ridge = strength / 4
    for _ in range(50):
        p = 1 / (1 + math.exp(-x))
        slope = right - (right + wrong) * p - ridge * (x - x0)
        x += slope / ((right + wrong) * p * (1 - p) + ridge)
    return min(max(1 / (1 + math.exp(-x)), LOW), HIGH)


def rules_of(rhetor):
    """id: (kind, weight, file, line) of the built-in rules."""
    def listed(*options):
        return subprocess.run([rhetor, "patterns", "list", *options, "--no-config"], check=True,
                              capture_output=True, text=True, encoding="utf-8").stdout.splitlines()
    what = {m[1]: (m[2], float(m[3])) for line in listed()
            if (m := re.match(r"(\S+)\s+(\w+)\s+([0-9.]+)\s", line))}
    where = {m[1]: (m[2].removeprefix("built-in:"), int(m[3])) for line in listed("--origin")
             if (m := re.match(r"(\S+)\s.*?(\S+):(\d+)$", line))}
    return {rule: (*what[rule], *where[rule]) for rule in what if rule in where}


def rewrite(lines, start, weight):
    """Sets `weight:` of the rule that begins in line `start` (from 1); False: no such place."""
    at = start - 1
    dash = re.match(r"\s*", lines[at])[0]
    end = at + 1
    while end < len(lines) and not re.match(r"\s*- ", lines[end]) and \
            (not lines[end].strip() or len(re.match(r"\s*", lines[end])[0]) > len(dash)):
        end += 1
    for i in range(at, end):
        new, n = re.subn(r"\bweight: *[0-9.]+", f"weight: {weight:.2f}", lines[i], count=1)
        if n:
            lines[i] = new
            return True
    new, n = re.subn(r"(- \{ *id: *[^,}]+)", rf"\1, weight: {weight:.2f}", lines[at], count=1)
    if not n:
        m = re.match(r"(\s*)- (id: *\S+)\s*$", lines[at])
        if not m:
            return False
        new = lines[at].rstrip("\n") + f"\n{m[1]}  weight: {weight:.2f}\n"
    lines[at] = new
    return True


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("rhetor")
    ap.add_argument("sets", type=pathlib.Path)
    ap.add_argument("gold", nargs="+")
    ap.add_argument("--dry-run", action="store_true")
    ap.add_argument("--strength", type=float, default=6)
    args = ap.parse_args()
    seen = collections.defaultdict(lambda: [0, 0])
    for gold in args.gold:
        for rule, right in observe(args.rhetor, gold):
            if right is not None:
                seen[rule][0 if right else 1] += 1
    files = {}
    changed = 0
    for rule, (kind, weight, name, line) in sorted(rules_of(args.rhetor).items(), key=lambda r: (r[1][2], -r[1][3])):
        if kind not in ("pattern", "move") or rule not in seen:
            continue
        right, wrong = seen[rule]
        fitted = round(fit(weight, right, wrong, args.strength), 2)
        if abs(fitted - weight) < 0.02:
            continue
        if args.dry_run:
            print(f"{rule:44} {weight:.2f} -> {fitted:.2f}  {right} right, {wrong} wrong")
            continue
        lines = files.setdefault(name, open(args.sets / name, encoding="utf-8").readlines())
        if rewrite(lines, line, fitted):
            changed += 1
        else:
            print(f"{name}:{line}: no place for the weight of {rule}", file=sys.stderr)
    for name, lines in files.items():
        (args.sets / name).write_text("".join(lines), encoding="utf-8")
    print(f"{sum(map(sum, seen.values()))} tags of {len(seen)} rules seen; {changed} weights written")


if __name__ == "__main__":
    main()
