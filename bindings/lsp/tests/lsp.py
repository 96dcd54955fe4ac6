"""rhetor-lsp from outside: frames, errors, positions, edits, features. In: $srcdir, $build. Out: a line
"ok - what" or "not ok - what" for each claim; lsp.tap numbers them."""
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time

from client import Client

SRC = os.environ.get("srcdir", ".")
SERVER = os.path.join(os.environ.get("build", "build"), "rhetor-lsp")
FAILED = []
URI = "file:///rhetor/draft.md"
PUBLISH = "textDocument/publishDiagnostics"


def check(what, good, seen=None):
    print(("ok - " if good else "not ok - ") + what, flush=True)
    if not good:
        FAILED.append(what)
        if seen is not None:
            print("#   saw: " + json.dumps(seen, ensure_ascii=False, default=str)[:600])


def start(**arguments):
    client = Client([SERVER])
    options = {"config": False, **arguments.pop("options", {})}
    client.answer = client.open(options=options, **arguments)
    return client


def did_open(client, text, uri=URI, language="markdown", version=1):
    client.notify("textDocument/didOpen", {"textDocument": {
        "uri": uri, "languageId": language, "version": version, "text": text}})


def did_change(client, changes, version, uri=URI):
    client.notify("textDocument/didChange", {
        "textDocument": {"uri": uri, "version": version}, "contentChanges": changes})


def at(line, character):
    return {"line": line, "character": character}


def published(client, uri=URI, timeout=20):
    got = client.until(lambda m: m.get("method") == PUBLISH and m["params"]["uri"] == uri, timeout)
    return got and got["params"]["diagnostics"]


def rows(diagnostics):
    return [(d["range"]["start"]["line"], d["range"]["start"]["character"],
             d["range"]["end"]["line"], d["range"]["end"]["character"], d["code"], d["message"],
             d.get("data")) for d in diagnostics]


def place(text, needle, nth=0):
    """Position of a needle in UTF-16 units."""
    index = -1
    for _ in range(nth + 1):
        index = text.index(needle, index + 1)
    before = text[:index]
    line = before.count("\n")
    return at(line, len(before[before.rfind("\n") + 1:].encode("utf-16-le")) // 2)


def document(uri=URI):
    return {"textDocument": {"uri": uri}}


# ---- Golden -----------------------------------------------------------------------------------------

def golden():
    folder = os.path.join(SRC, "tests", "bindings")
    with open(os.path.join(folder, "golden.txt"), "rb") as file:
        text = file.read().decode()
    with open(os.path.join(folder, "golden.tags"), encoding="utf-8") as file:
        wanted = [line.split() for line in file if line.strip() and line[0] != "#"]
    lines = text.split("\r\n")
    devices = sorted({row[3] for row in wanted})
    for encoding in ("utf-8", "utf-16"):
        client = start(encodings=["utf-8", "utf-16"] if encoding == "utf-8" else None,
                       options={"devices": devices})
        named = client.answer["result"]["capabilities"]["positionEncoding"]
        check("initialize negotiates " + encoding, named == encoding, named)
        did_open(client, text)
        got = []
        for d in published(client):
            line = d["range"]["start"]["line"]
            columns = [d["range"][end]["character"] for end in ("start", "end")]
            if encoding == "utf-16":
                columns = [len(lines[line].encode("utf-16-le")[:2 * c].decode("utf-16-le").encode())
                           for c in columns]
            got.append([str(line + 1), str(columns[0] + 1), str(columns[1] + 1), d["code"]])
        check("golden list, columns in " + encoding, got == wanted, [r for r in got if r not in wanted])
        check("shutdown and exit end with 0", client.close() == 0)


# ---- Lifecycle and errors ---------------------------------------------------------------------------

def error_of(message):
    return message and message.get("error", {}).get("code")


def lifecycle():
    client = Client([SERVER])
    check("a request before initialize is refused",
          error_of(client.ask("textDocument/hover", {})) == -32002)
    client.notify("textDocument/didOpen", {"textDocument": {"uri": URI, "text": "x"}})
    client.open(options={"config": False})
    check("initialize comes once", error_of(client.ask("initialize", {})) == -32600)
    check("an unknown method is refused", error_of(client.ask("textDocument/nothing", {})) == -32601)
    check("a document that is not open is refused",
          error_of(client.ask("textDocument/hover", {**document(), "position": at(0, 0)})) == -32602)
    client.notify("textDocument/didChange", document())
    client.notify("textDocument/didClose", document())
    client.notify("$/unknown", {})
    check("shutdown answers", client.ask("shutdown", None).get("result", 0) is None)
    check("a request after shutdown is refused", error_of(client.ask("textDocument/hover", {})) == -32600)
    client.notify("exit", None)
    check("exit after shutdown: 0", client.child.wait(20) == 0)
    client = start()
    client.notify("exit", None)
    check("exit without shutdown: 1", client.child.wait(20) == 1)
    client = start()
    client.child.stdin.close()
    check("end of input without exit: 1", client.child.wait(20) == 1)


def framed(body):
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def malformed():
    ask = b'{"jsonrpc":"2.0","id":"sane","method":"textDocument/hover","params":{}}'
    cases = [
        ("no JSON", framed(b"{nonsense"), -32700),
        ("an empty body", framed(b""), -32700),
        ("a number", framed(b"42"), -32600),
        ("a batch", framed(b"[]"), -32600),
        ("bytes that are no UTF-8", framed(b'{"method":"\xff"}'), -32700),
        ("a body cut by its length", b"Content-Length: 20\r\n\r\n" + ask, -32700),
        ("a length that is too long", b"Content-Length: %d\r\n\r\n" % (len(ask) + 9) + ask, -32700),
        ("a length that swallows a message",
         b"Content-Length: %d\r\n\r\n" % (len(ask) + 90) + ask + framed(ask), -32700),
        ("a length that is no number", b"Content-Length: many\r\n\r\n" + ask, -32700),
        ("a negative length", b"Content-Length: -5\r\n\r\n{}", -32700),
        ("a length beyond all bounds", b"Content-Length: 99999999999\r\n\r\n{}", -32700),
        ("a header without a length", b"Content-Type: text\r\n\r\n", -32700),
        ("rubbish between messages", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", -32700),
        ("a message without a method", framed(b'{"jsonrpc":"2.0","id":1}'), -32600),
        ("a method that is a number", framed(b'{"id":1,"method":5}'), -32600),
        ("an id that is a list", framed(b'{"id":[1],"method":"shutdown"}'), -32600),
        ("params that are a list", framed(b'{"id":1,"method":"textDocument/hover","params":[]}'), -32602),
        ("deep nesting", framed(b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}"), -32700),
    ]
    client = start()
    for what, data, code in cases:
        client.raw(data)
        for _ in range(3):  # what is swallowed with the last message is given up
            client.raw(framed(ask))
        seen = client.until(lambda m: "error" in m and m.get("id") != "sane", 10)
        alive = client.reply("sane", 10)
        check(what + ": an error, and the server goes on",
              error_of(seen) == code and alive is not None, seen)
        while client.next(0.05):
            pass
        client.kept.clear()
    client.raw(b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: %d\r\n\r\n"
               % len(ask) + ask)
    check("headers in any order and case", client.reply("sane") is not None)
    client.close()
    client = start()
    client.raw(b"Content-Length: 100\r\n\r\n{")
    client.child.stdin.close()
    seen = client.until(lambda m: "error" in m, 10)
    check("input that ends inside a message: an error, exit 1",
          error_of(seen) == -32700 and client.child.wait(20) == 1, seen)


METHODS = ["hover", "documentHighlight", "codeAction", "inlayHint", "semanticTokens/range",
           "semanticTokens/full", "documentSymbol", "references", "codeLens", "diagnostic",
           "completion"]


def wrong_types():
    client = start()
    did_open(client, "We must act. Perhaps.\n")
    odd = [None, True, 3, -1, 1e300, 2 ** 40, "x", [], [{}], {}, {"uri": 1},
           {"line": -1, "character": 0}, {"line": 2 ** 50, "character": 2 ** 50},
           {"start": at(5, 5), "end": at(0, 0)}, {"start": None, "end": at(0, 0)}]
    asked, answered = 0, 0
    for method in METHODS:
        for value in odd:
            for key in ("position", "range", "context", "textDocument"):
                answered += client.ask("textDocument/" + method, {**document(), key: value}) is not None
                asked += 1
    for value in odd:
        answered += client.ask("workspace/executeCommand", {"command": "rhetor.ignore", "arguments": value}) is not None
        answered += client.ask("workspace/executeCommand", {"command": value, "arguments": [URI, value]}) is not None
        asked += 2
        for method in ("didOpen", "didChange", "didClose", "didSave"):
            client.notify("textDocument/" + method, {"textDocument": value, "contentChanges": value})
        did_change(client, [value], 5)
        did_change(client, [{"range": value, "text": "x"}], 6)
        did_change(client, [{"range": {"start": value, "end": value}, "text": value}], 7)
        for method in ("didChangeConfiguration", "didChangeWatchedFiles"):
            client.notify("workspace/" + method, {"settings": {"rhetor": value}, "changes": value})
        client.notify("workspace/didChangeConfiguration", {"settings": {"rhetor": {
            "devices": value, "minScore": value, "patterns": value, "diagnostics": value}}})
        client.send({"id": "configuration-1", "result": value})
        client.send({"id": "progress-1", "result": value})
        client.notify("window/workDoneProgress/cancel", {"token": value})
        client.notify("$/cancelRequest", {"id": value})
    check("%d requests with wrong types: each is answered" % asked, answered == asked, answered)
    check("and the server goes on", client.close() == 0)


def mangled():
    """Sound conversations with bytes changed, cut and doubled: never a crash."""
    def message(**body):
        return framed(json.dumps({"jsonrpc": "2.0", **body}).encode())
    whole = message(id=1, method="initialize", params={"capabilities": {}}) + \
        message(method="initialized", params={}) + \
        message(method="textDocument/didOpen", params={"textDocument": {
            "uri": URI, "languageId": "markdown", "version": 1, "text": "We must act, é 😀.\r\n"}}) + \
        message(method="textDocument/didChange", params={
            "textDocument": {"uri": URI, "version": 2}, "contentChanges": [
                {"range": {"start": at(0, 1), "end": at(0, 4)}, "text": "x\ud83d"}]}) + \
        b"".join(message(id=i, method="textDocument/" + m, params={
            **document(), "position": at(0, 3), "range": {"start": at(0, 0), "end": at(1, 0)}})
            for i, m in enumerate(METHODS)) + \
        message(id=99, method="shutdown") + message(method="exit")
    chooser, bad = random.Random(7), []
    for turn in range(150):
        data = bytearray(whole)
        for _ in range(chooser.randint(1, 6)):
            place_ = chooser.randrange(len(data))
            kind = chooser.randrange(4)
            if kind == 0:
                data[place_] = chooser.randrange(256)
            elif kind == 1:
                del data[place_:place_ + chooser.randint(1, 40)]
            elif kind == 2:
                data[place_:place_] = data[place_:place_ + chooser.randint(1, 80)]
            else:
                data[place_:place_] = bytes(chooser.randrange(256) for _ in range(5))
        client = Client([SERVER])
        try:
            client.raw(bytes(data))
            client.child.stdin.close()
        except OSError:
            pass
        status = client.child.wait(20)
        if status not in (0, 1):
            bad.append((turn, status))
    check("150 mangled conversations end with 0 or 1", not bad, bad)


# ---- Edits ------------------------------------------------------------------------------------------

PIECES = ["must ", "Perhaps ", "é", "😀", "𝄞", "\r\n", "\n", "\n\n", "“We must go,” she said. ", "\"",
          "“", "”", ".", " ", "the council ", "If you sign, we will pay. ", "x", "", "\t", "— "]


def units(text, index, wide):
    before = text[:index]
    line = before.count("\n")
    tail = before[before.rfind("\n") + 1:]
    return at(line, len(tail.encode("utf-16-le")) // 2 if wide else len(tail.encode()))


def edits():
    with open(os.path.join(SRC, "tests", "bindings", "golden.txt"), "rb") as file:
        first = file.read().decode()
    for wide in (True, False):
        client = start(encodings=None if wide else ["utf-8"])
        chooser, text, wrong = random.Random(11), first, 0
        did_open(client, text)
        seen = rows(published(client))
        for turn in range(60):
            changes = []
            for _ in range(chooser.randint(1, 4)):
                while True:  # not between CR and LF
                    a, b = sorted(chooser.randrange(len(text) + 1) for _ in range(2))
                    b = min(b, a + chooser.choice([0, 0, 1, 5, 60]))
                    if not any(text[i - 1:i + 1] == "\r\n" for i in (a, b)):
                        break
                new = "".join(chooser.choice(PIECES) for _ in range(chooser.randint(0, 3)))
                if text[a - 1:a] == "\r" or new.endswith("\r") or text[b:b + 1] == "\n":
                    new += " "
                changes.append({"range": {"start": units(text, a, wide), "end": units(text, b, wide)},
                                "text": new})
                text = text[:a] + new + text[b:]
            did_change(client, changes, turn + 2)
            did_open(client, text, URI + str(turn))
            fresh = rows(published(client, URI + str(turn)))
            for message in list(client.kept):  # published only where it changed
                if message.get("method") == PUBLISH and message["params"]["uri"] == URI:
                    client.kept.remove(message)
                    seen = rows(message["params"]["diagnostics"])
            wrong += seen != fresh
            client.notify("textDocument/didClose", document(URI + str(turn)))
        check("60 rounds of edits equal a fresh open (%s)" % ("utf-16" if wide else "utf-8"),
              wrong == 0, wrong)
        did_change(client, [{"text": text + " We must act."}], 99)
        got = published(client)
        check("a change of the whole text", got is not None and len(got) > len(seen))
        client.close()


# ---- Cancellation, progress -------------------------------------------------------------------------

def long_text(words=60000):
    with open(os.path.join(SRC, "corpus", "texts", "oped-harbour.txt"), encoding="utf-8") as file:
        text = file.read() + "\n\n"
    return text * (words // len(text.split()) + 1)


def cancellation():
    client = start(window={"workDoneProgress": True})
    did_open(client, long_text())
    number = client.ask("textDocument/documentSymbol", document(), wait=False)
    later = client.ask("textDocument/references", {**document(), "position": at(0, 0)}, wait=False)
    time.sleep(0.2)
    client.notify("$/cancelRequest", {"id": later})
    client.notify("$/cancelRequest", {"id": number})
    begun = time.time()
    first, second = client.reply(number), client.reply(later)
    check("a request that is being answered is cancelled",
          error_of(first) == -32800 and time.time() - begun < 5, first)
    check("a request that waits is cancelled", error_of(second) == -32800, second)
    create = client.notice("window/workDoneProgress/create")
    check("a long draft asks for a progress", create is not None)
    client.send({"id": create["id"], "result": None})
    seen = client.notice("$/progress")
    check("progress begins", seen and seen["params"]["value"]["kind"] == "begin", seen)
    did_change(client, [{"range": {"start": at(0, 0), "end": at(0, 0)}, "text": "We must act. "}], 2)
    got = published(client, timeout=120)
    check("edits and cancellations leave the analysis whole", got is not None and len(got) > 100)
    kinds = [m["params"]["value"]["kind"] for m in client.kept if m.get("method") == "$/progress"]
    check("progress reports and ends", "report" in kinds and kinds[-1] == "end", kinds[-3:])
    client.close()


# ---- Features ---------------------------------------------------------------------------------------

DRAFT = ("The harbour must stay open. Perhaps the council will agree.\n\n"
         "We shall fight for the port. We shall fight for the town. We shall fight for our children.\n\n"
         "Tell the council: “We must meet on Friday.” “We must wait,” said Mrs. Ågren.\n")
RICH = {"textDocument": {
    "hover": {"contentFormat": ["markdown"]},
    "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
    "publishDiagnostics": {"relatedInformation": True}}}


def features():
    client = start(options={"codeLens": True}, **RICH)
    did_open(client, DRAFT)
    got = published(client)
    check("diagnostics are hints of rhetor",
          got and all(d["severity"] == 4 and d["source"] == "rhetor" and "#" in d["data"] for d in got))
    anaphora = [d for d in got if d["code"] == "anaphora"]
    check("a figure's parts are related information",
          anaphora and len(anaphora[0].get("relatedInformation", [])) >= 3, anaphora)
    hover = client.ask("textDocument/hover", {**document(), "position": place(DRAFT, "must")})["result"]
    text = hover and hover["contents"]["value"]
    check("hover: device, reason, voice, score, silence",
          text and all(w in text for w in ("Necessity", "rule ", "author voice", "score", "rhetor ignore necessity#")), text)
    hover = client.ask("textDocument/hover", {**document(), "position": place(DRAFT, "meet on")})["result"]
    check("hover names voice of scripted words", hover and "scripted voice" in hover["contents"]["value"], hover)
    check("hover beside every tag is null",
          client.ask("textDocument/hover", {**document(), "position": at(1, 0)})["result"] is None)
    symbols = client.ask("textDocument/documentSymbol", document())["result"]
    check("outline: three paragraphs", len(symbols) == 3, symbols)
    quotes = symbols[2].get("children", [])
    check("outline: quotations with their speaker",
          any("Ågren" in q["name"] and q["detail"].startswith("quoted") for q in quotes), quotes)
    marks = client.ask("textDocument/documentHighlight",
                       {**document(), "position": place(DRAFT, "We shall")})["result"]
    check("highlight: the parts of the figure", len(marks) >= 3 and
          {m["range"]["start"]["line"] for m in marks} == {2}, marks)
    refs = client.ask("textDocument/references", {
        **document(), "position": place(DRAFT, "must"), "context": {"includeDeclaration": True}})["result"]
    check("references: every place of the device",
          len(refs) == sum(d["code"] == "necessity" for d in got), refs)
    legend = client.answer["result"]["capabilities"]["semanticTokensProvider"]["legend"]
    data = client.ask("textDocument/semanticTokens/full", document())["result"]["data"]
    line = column = end = 0
    sound = len(data) % 5 == 0 and len(data) > 0
    for i in range(0, len(data), 5):
        dl, dc, length, kind, _ = data[i:i + 5]
        sound &= kind < len(legend["tokenTypes"]) and length > 0 and (dl > 0 or column + dc >= end)
        line, column = line + dl, dc if dl else column + dc
        end = column + length
        sound &= end <= len(DRAFT.split("\n")[line].encode("utf-16-le")) // 2
    check("semantic tokens: in order, apart, inside their lines", sound, data[:20])
    part = client.ask("textDocument/semanticTokens/range", {
        **document(), "range": {"start": at(2, 0), "end": at(3, 0)}})["result"]["data"]
    check("semantic tokens of a range", 0 < len(part) < len(data) and part[0] == 2, part)
    hints = client.ask("textDocument/inlayHint", {
        **document(), "range": {"start": at(0, 0), "end": at(9, 0)}})["result"]
    labels = [h["label"] for h in hints]
    check("inlay hints: speaker and voice", any("Ågren, quoted" in x for x in labels) and
          any("scripted" in x for x in labels), labels)
    lenses = client.ask("textDocument/codeLens", document())["result"]
    check("code lenses: counts", lenses and re.search(r"\d necessity", lenses[0]["command"]["title"]), lenses)
    summary = client.ask("workspace/executeCommand", {"command": "rhetor.summary", "arguments": [URI]})["result"]
    check("a summary counts every tag", sum(summary.values()) == len(got), summary)
    client.close()


def apply(text, edit):
    index = {}
    for end in ("start", "end"):
        p = edit["range"][end]
        lines = text.split("\n")
        wide = lines[p["line"]].encode("utf-16-le")[:2 * p["character"]].decode("utf-16-le")
        index[end] = sum(len(x) + 1 for x in lines[:p["line"]]) + len(wide)
    return text[:index["start"]] + edit["newText"] + text[index["end"]:]


def codes(diagnostics):
    return [d["code"] for d in diagnostics]


def suppression():
    client = start(**RICH)
    only = {"devices": ["necessity", "hedge"]}
    client.close()
    client = start(options=only, **RICH)
    text, version = "We must act. Perhaps they must wait.\n", 1
    did_open(client, text)
    check("before: three hints", codes(published(client)) == ["necessity", "hedge", "necessity"])
    found = client.ask("textDocument/codeAction", {**document(), "context": {"diagnostics": []}, "range": {
        "start": place(text, "must", 1), "end": place(text, "must", 1)}})["result"]
    titles = [a["title"] for a in found]
    check("actions: here, in this file, in this workspace",
          any("here" in t for t in titles) and any("this file" in t for t in titles) and
          any("this workspace" in t for t in titles), titles)
    wanted = next(a for a in found if "here" in a["title"] and "necessity" in a["title"])
    text = apply(text, wanted["edit"]["changes"][URI][0])
    did_change(client, [{"text": text}], 2)
    check("ignored here: the other one stays", codes(published(client)) == ["necessity", "hedge"], text)
    text = text.replace("We must act.", "In the end, we must act, all of us.")
    did_change(client, [{"text": text}], 3)
    check("and stays ignored after an edit elsewhere", codes(published(client)) == ["necessity", "hedge"])
    action = next(a for a in client.ask("textDocument/codeAction", {
        **document(), "context": {"diagnostics": [], "only": ["quickfix"]}, "range": {
            "start": place(text, "Perhaps"), "end": place(text, "Perhaps")}})["result"]
        if "this file" in a["title"])
    text = apply(text, action["edit"]["changes"][URI][0])
    did_change(client, [{"text": text}], 4)
    check("a second ignore joins the first comment", text.count("<!--") == 1 and
          codes(published(client)) == ["necessity"], text)
    cases = [
        ("off to the end", "We must act.\n\n<!-- rhetor off -->\n\nWe must act.\n", ["necessity"]),
        ("off and on", "<!-- rhetor off -->\n\nWe must.\n\n<!--rhetor on-->\n\nWe must act.\n", ["necessity"]),
        ("one device off", "<!-- rhetor off necessity -->\n\nPerhaps we must act.\n", ["hedge"]),
        ("ignore anywhere in the file", "Perhaps we must act.\n\n<!-- rhetor ignore necessity -->\n", ["hedge"]),
        ("ignore a family", "Perhaps we must act.\n\n<!-- rhetor ignore stance -->\n", []),
        ("several, with commas, over lines", "Perhaps we must act.\n\n<!-- rhetor ignore\n  necessity,\n  hedge -->\n", []),
        ("an unknown device is said", "We must act.\n\n<!-- rhetor ignore nonsense -->\n", ["necessity", "directive"]),
        ("an unknown verb is said", "We must act.\n\n<!-- rhetor stop -->\n", ["necessity", "directive"]),
        ("an open comment is said", "We must act.\n\n<!-- rhetor off\n", ["necessity", "directive"]),
        ("prose about rhetor says nothing", "We must act. The rhetor off stage spoke.\n", ["necessity"]),
        ("a directive at the end without a line end", "We must act.\n\n<!-- rhetor off -->", ["necessity"]),
    ]
    for number, (what, draft, expected) in enumerate(cases):
        did_open(client, draft, URI + str(number))
        got = codes(published(client, URI + str(number)))
        check("directive: " + what, got == expected, got)
    did_open(client, "We must act.\n\n% rhetor off\n\nWe must act.\n", URI + ".tex", "latex")
    check("directive: a line comment of LaTeX", codes(published(client, URI + ".tex")) == ["necessity"])
    client.close()


def pull():
    client = start(options={"devices": ["necessity"]}, textDocument={"diagnostic": {}})
    did_open(client, "We must act.\n")
    first = client.ask("textDocument/diagnostic", document())["result"]
    check("pull: full", first["kind"] == "full" and codes(first["items"]) == ["necessity"], first)
    again = client.ask("textDocument/diagnostic", {
        **document(), "previousResultId": first["resultId"]})["result"]
    check("pull: unchanged", again == {"kind": "unchanged", "resultId": first["resultId"]}, again)
    did_change(client, [{"range": {"start": at(0, 0), "end": at(0, 0)}, "text": "They must go. "}], 2)
    third = client.ask("textDocument/diagnostic", {
        **document(), "previousResultId": first["resultId"]})["result"]
    check("pull: changed after an edit", third["kind"] == "full" and len(third["items"]) == 2, third)
    check("who pulls is not pushed to", client.notice(PUBLISH, 0.5) is None)
    client.close()


# ---- Project files ----------------------------------------------------------------------------------

def project():
    folder = tempfile.mkdtemp()
    uri = "file://" + folder + "/draft%20one.md"
    file = os.path.join(folder, ".rhetor.yaml")
    client = start(options={"config": True, "devices": ["necessity", "hedge"]}, **RICH)
    try:
        did_open(client, "Perhaps we must act.\n", uri)
        check("before: both", codes(published(client, uri)) == ["hedge", "necessity"])
        with open(file, "w", encoding="utf-8") as out:
            out.write("devices:\n  - {id: hedge, disable: true}\n")
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": "file://" + file, "type": 1}]})
        check(".rhetor.yaml is read when it appears", codes(published(client, uri)) == ["necessity"])
        answer = client.ask("workspace/executeCommand", {
            "command": "rhetor.disableDevice", "arguments": [uri, "necessity"]})
        check("a device is disabled in the workspace", codes(published(client, uri)) == [], answer)
        with open(file, encoding="utf-8") as seen:
            text = seen.read()
        check("by a line of .rhetor.yaml", text.count("disable: true") == 2 and text.count("devices:") == 1, text)
        answer = client.ask("workspace/executeCommand", {
            "command": "rhetor.disableDevice", "arguments": [uri, "nonsense"]})
        check("an unknown device is refused", error_of(answer) == -32602)
        with open(file, "w", encoding="utf-8") as out:
            out.write("devices: [{id: nonsense, disable: true}]\n")
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": "file://" + file, "type": 2}]})
        shown = client.notice("window/showMessage")
        check("a mistake in .rhetor.yaml is shown, the sound rest counts",
              shown is not None and len(published(client, uri)) == 2, shown)
    finally:
        client.close()
        shutil.rmtree(folder)


PATTERNS = """lexicons:
  mine: [alpha, beta]
devices:
  - id: my-device
    name: Mine
    family: own
    definition: tests
    patterns:
      - {id: one, pattern: "we {mine} (now", weight: 0.7}
      - id: two
        pattern: "we {mine} now"
        wieght: 0.4
      - id: three
        pattern: "é 😀 we {mine} now"
        weight: 0.8
        examples: ["é 😀 [[we alpha now]]"]
    moves:
      - {all: [hedge, nodevice], within: 2 sentences}
"""


def patterns():
    client = start(**RICH)
    uri = "file:///rhetor/patterns/mine.yaml"
    did_open(client, PATTERNS, uri, "yaml")
    got = published(client, uri)
    found = {(d["range"]["start"]["line"], d["code"]) for d in got}
    check("pattern file: mistakes at their lines",
          {(8, "bad-pattern"), (11, "unknown-key"), (17, "unknown-device")} <= found, sorted(found))
    check("pattern file: errors are errors",
          all(d["severity"] == 1 for d in got if d["code"] == "unknown-key"))
    text = PATTERNS.replace("wieght", "weight").replace("(now", "now")
    did_change(client, [{"range": {"start": place(PATTERNS, "wieght"), "end": at(11, 14)}, "text": "weight"},
                        {"range": {"start": place(PATTERNS, "(now"), "end": at(8, 39)}, "text": ""}], 2, uri)
    found = {(d["range"]["start"]["line"], d["code"]) for d in published(client, uri)}
    check("pattern file: edits are looked at", (11, "unknown-key") not in found and
          (8, "bad-pattern") not in found, sorted(found))
    hover = client.ask("textDocument/hover", {**document(uri), "position": place(text, "mine} now\"\n        weight: 0.8")})["result"]
    check("pattern file: hover shows the rule", hover and "my-device/three" in hover["contents"]["value"]
          and "alpha" in hover["contents"]["value"], hover)
    hover = client.ask("textDocument/hover", {**document(uri), "position": place(text, "hedge")})["result"]
    check("pattern file: hover defines a device", hover and "Hedge" in hover["contents"]["value"], hover)

    def complete(before, after=""):
        did_change(client, [{"text": before + after}], 9, uri)
        position = units(before, len(before), True)
        items = client.ask("textDocument/completion", {**document(uri), "position": position})["result"]
        return {i["label"] for i in items}
    top = complete("le")
    check("completion: top keys", {"lexicons", "devices", "set"} <= top and "weight" not in top, sorted(top))
    keys = complete(text.split("    patterns:")[0] + "    patterns:\n      - id: x\n        ")
    check("completion: keys of a pattern", {"pattern", "unless-before", "weight"} <= keys and "devices" not in keys, sorted(keys))
    keys = complete("devices:\n  - id: x\n    ")
    check("completion: keys of a device", {"patterns", "family", "moves"} <= keys and "weight" not in keys, sorted(keys))
    names = complete('lexicons:\n  mine: [a]\ndevices:\n  - id: x\n    patterns:\n'
                     '      - {id: y, pattern: "é 😀 we {')
    check("completion: lexicons and classes", {"mine", "person", "gap"} <= names, sorted(names)[:20])
    names = complete("devices:\n  - id: x\n    moves:\n      - {all: [")
    check("completion: devices", {"hedge", "carrot"} <= names, sorted(names)[:20])
    names = complete("devices:\n  - id: x\n    patterns:\n      - {scope: ")
    check("completion: values", names == {"sentence", "clause", "paragraph", "quotation", "heading"}, sorted(names))
    did_open(client, "a: 1\n", "file:///rhetor/other.yaml", "yaml")
    answer = client.ask("textDocument/hover", {**document("file:///rhetor/other.yaml"), "position": at(0, 0)})
    check("other YAML files are left alone", "result" in answer and answer["result"] is None)
    client.close()


def surrogates():
    client = start(options={"devices": ["necessity"]})
    did_open(client, "a😀b We must act.\n")
    published(client)
    body = ('{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"%s",'
            '"version":2},"contentChanges":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,'
            '"character":1}},"text":"\\ud83d\\u0000"}]}}' % URI).encode()
    client.raw(framed(body))
    got = published(client)
    check("half a surrogate pair and a NUL count as one unit each",
          got and got[0]["range"]["start"]["character"] == 6, got)
    client.close()


def main():
    for part in (golden, lifecycle, malformed, wrong_types, mangled, edits, cancellation, features,
                 suppression, pull, project, patterns, surrogates):
        try:
            part()
        except Exception as error:  # a part that breaks is a failure of its own
            check("%s: %s: %s" % (part.__name__, type(error).__name__, error), False)
    sys.exit(1 if FAILED else 0)


main()
