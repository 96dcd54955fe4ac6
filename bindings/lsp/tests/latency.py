"""From didChange to publishDiagnostics on a long draft.

usage: latency.py SERVER [DRAFT] [EDITS]
Types letters and words in the middle of lines, so that each edit moves or changes a diagnostic.
Without DRAFT one of 100,000 words is made of the texts of the corpus. Prints milliseconds."""
import glob
import os
import random
import statistics
import sys
import time

from client import Client

WORDS = 100_000


def make_draft(root):
    paragraphs = []
    for path in sorted(glob.glob(os.path.join(root, "corpus", "**", "*.txt"), recursive=True)):
        with open(path, encoding="utf-8") as file:
            paragraphs += file.read().strip().split("\n\n")
    chooser, out, words = random.Random(1), [], 0
    while words < WORDS:
        out.append(chooser.choice(paragraphs))
        words += len(out[-1].split())
    return "\n\n".join(out) + "\n"


def cpu(pid):
    """Seconds of processor time of a process so far, or None where that is not told."""
    try:
        with open("/proc/%d/stat" % pid, encoding="ascii", errors="replace") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    if len(sys.argv) > 2 and sys.argv[2]:
        with open(sys.argv[2], encoding="utf-8") as file:
            text = file.read()
    else:
        text = make_draft(os.path.join(here, "..", "..", ".."))
    edits = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    client = Client([sys.argv[1]])
    client.open(options={"config": False})
    uri = "untitled:draft"
    start = time.perf_counter()
    client.notify("textDocument/didOpen", {"textDocument": {
        "uri": uri, "languageId": "markdown", "version": 0, "text": text}})
    first = client.notice("textDocument/publishDiagnostics", 300)
    places = sorted({d["range"]["start"]["line"] for d in first["params"]["diagnostics"]
                     if d["range"]["start"]["character"] > 0})  # an edit before it moves it
    print("%d words, %d bytes, %d diagnostics; opened in %.0f ms"
          % (len(text.split()), len(text.encode()), len(first["params"]["diagnostics"]),
             (first["_time"] - start) * 1000))
    times, parsed = [], []
    busy = cpu(client.child.pid)
    chooser = random.Random(2)
    middle = places[len(places) // 4: 3 * len(places) // 4]
    for version in range(1, edits + 1):
        line = chooser.choice(middle)
        new = chooser.choice("abcdefg") if version % 4 else "must "
        start = time.perf_counter()
        client.notify("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"range": {"start": {"line": line, "character": 0},
                                          "end": {"line": line, "character": 0}}, "text": new}]})
        got = client.notice("textDocument/publishDiagnostics", 60)
        parsed.append((time.perf_counter() - start) * 1000)
        times.append((got["_time"] - start) * 1000)
    times.sort()
    parsed.sort()
    print("didChange to publishDiagnostics: median %.1f ms, 95%% %.1f ms, most %.1f ms (%d edits)"
          % (statistics.median(times), times[int(len(times) * .95)], times[-1], len(times)))
    print("with json.loads in the client:   median %.1f ms" % statistics.median(parsed))
    if busy is not None:
        print("processor time of the server:    %.1f ms an edit"
              % ((cpu(client.child.pid) - busy) * 1000 / edits))
    client.close()


main()
