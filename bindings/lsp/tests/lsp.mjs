// rhetor-lsp through Microsoft's own client library, with its TextDocument as the oracle of edits.
// In: $srcdir, $build, modules beside this file. Out: "ok - what" or "not ok - what" lines.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import protocol from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = protocol;
const source = process.env.srcdir ?? ".";
const server = join(process.env.build ?? "build", "rhetor-lsp");
const uri = "file:///rhetor/draft.md";
let failed = 0;

function check(what, good, seen) {
    console.log(`${good ? "ok" : "not ok"} - ${what}`);
    if (!good) {
        failed++;
        if (seen !== undefined) console.log("#   saw: " + JSON.stringify(seen).slice(0, 600));
    }
}

class Conversation {
    constructor() {
        this.child = spawn(server, ["--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
        this.ended = new Promise((resolve) => this.child.on("exit", resolve));
        this.connection = createProtocolConnection(new StreamMessageReader(this.child.stdout),
            new StreamMessageWriter(this.child.stdin));
        this.lists = new Map();
        this.waiting = [];
        this.connection.onNotification("textDocument/publishDiagnostics", (params) => {
            this.lists.set(params.uri, params);
            this.waiting = this.waiting.filter((look) => !look());
        });
        this.connection.listen();
    }

    async initialize(options, capabilities = {}) {
        const answer = await this.connection.sendRequest("initialize", {
            processId: process.pid, rootUri: null, capabilities,
            initializationOptions: { config: false, ...options },
        });
        this.connection.sendNotification("initialized", {});
        return answer;
    }

    open(text, name = uri, version = 1) {
        this.connection.sendNotification("textDocument/didOpen",
            { textDocument: { uri: name, languageId: "markdown", version, text } });
    }

    // The diagnostics of a document, once they are those of a version or a later one.
    published(name = uri, version = 1) {
        return new Promise((resolve, reject) => {
            const late = setTimeout(() => reject(new Error("no diagnostics came")), 20000);
            const look = () => {
                const params = this.lists.get(name);
                if (!params || params.version < version) return false;
                clearTimeout(late);
                resolve(params.diagnostics);
                return true;
            };
            if (!look()) this.waiting.push(look);
        });
    }

    async close() {
        await this.connection.sendRequest("shutdown");
        this.connection.sendNotification("exit");
        const status = await this.ended;
        this.connection.dispose();
        return status;
    }
}

async function golden() {
    const folder = join(source, "tests", "bindings");
    const text = readFileSync(join(folder, "golden.txt"), "utf8");
    const wanted = readFileSync(join(folder, "golden.tags"), "utf8").split("\n")
        .filter((line) => line && !line.startsWith("#"));
    const lines = text.split("\r\n");
    const bytes = (place) => Buffer.byteLength(lines[place.line].slice(0, place.character)) + 1;
    const talk = new Conversation();
    const answer = await talk.initialize({ devices: wanted.map((line) => line.split(" ")[3]) });
    check("initialize: UTF-16 where nothing else is offered",
        answer.capabilities.positionEncoding === "utf-16", answer.capabilities.positionEncoding);
    talk.open(text);
    const got = (await talk.published()).map(({ range, code }) =>
        `${range.start.line + 1} ${bytes(range.start)} ${bytes(range.end)} ${code}`);
    check("golden list", JSON.stringify(got) === JSON.stringify(wanted), got);
    check("shutdown and exit end with 0", (await talk.close()) === 0);
}

const pieces = ["must ", "Perhaps ", "é", "😀", "𝄞", "\r\n", "\n", "\r", "\n\n", "“We must go,” she said. ",
    "\"", "“", "”", ".", " ", "If you sign, we will pay. ", "x", "\t", "— "];

// A small generator with a seed, so that a failure can be repeated.
function chooser(seed) {
    return (n) => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        return Math.floor(seed / 4294967296 * n);
    };
}

function isInside(text, at) {
    const unit = text.charCodeAt(at);
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

async function edits() {
    const talk = new Conversation();
    await talk.initialize({});
    const pick = chooser(5);
    const first = readFileSync(join(source, "tests", "bindings", "golden.txt"), "utf8");
    let oracle = TextDocument.create(uri, "markdown", 1, first);
    let wrong = 0;
    talk.open(first);
    await talk.published();
    for (let turn = 2; turn < 120; turn++) {
        const changes = [];
        for (let n = 1 + pick(3); n > 0; n--) {
            const text = oracle.getText();
            let start = pick(text.length + 1), end = Math.min(text.length, start + pick(4) * pick(30));
            while (isInside(text, start)) start--;
            while (isInside(text, end)) end--;
            const range = { start: oracle.positionAt(start), end: oracle.positionAt(end) };
            const change = { range, text: Array.from({ length: pick(4) }, () => pieces[pick(pieces.length)]).join("") };
            changes.push(change);
            oracle = TextDocument.update(oracle, [change], turn);
        }
        talk.connection.sendNotification("textDocument/didChange",
            { textDocument: { uri, version: turn }, contentChanges: changes });
        const name = `file:///rhetor/fresh${turn}.md`;
        talk.open(oracle.getText(), name, turn);
        const fresh = await talk.published(name, turn);
        const { diagnostics } = talk.lists.get(uri); // served first; not sent where nothing changed
        if (JSON.stringify(diagnostics) !== JSON.stringify(fresh)) wrong++;
        talk.connection.sendNotification("textDocument/didClose", { textDocument: { uri: name } });
    }
    check("118 rounds of edits equal TextDocument's text, opened fresh", wrong === 0, wrong);
    await talk.close();
}

async function cancel() {
    const talk = new Conversation();
    await talk.initialize({});
    const text = (readFileSync(join(source, "corpus", "texts", "oped-harbour.txt"), "utf8") + "\n\n").repeat(80);
    talk.open(text);
    const stop = new protocol.CancellationTokenSource();
    const asked = talk.connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri } }, stop.token);
    setTimeout(() => stop.cancel(), 100);
    const code = await asked.then(() => 0, (error) => error.code);
    check("a cancelled request ends with RequestCancelled", code === -32800, code);
    await talk.close();
}

for (const part of [golden, edits, cancel]) {
    try {
        await part();
    } catch (error) {
        check(`${part.name}: ${error}`, false);
    }
}
process.exit(failed ? 1 : 0);
