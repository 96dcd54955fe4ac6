"""A small LSP client over a child's pipes. In: messages as dicts, or raw bytes. Out: replies by id,
notifications in their order. Used by lsp.py and latency.py."""
import json
import queue
import subprocess
import threading
import time


class Client:
    def __init__(self, command, env=None):
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
        self.incoming = queue.Queue()
        self.kept = []
        self.number = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        out = self.child.stdout
        while True:
            length = None
            while True:
                line = out.readline()
                if not line:
                    self.incoming.put(None)
                    return
                line = line.strip()
                if not line:
                    break
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = out.read(length)
            self.incoming.put((time.perf_counter(), body))

    def raw(self, data):
        self.child.stdin.write(data)
        self.child.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params, wait=True):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        return self.reply(self.number) if wait else self.number

    def next(self, timeout=20):
        """The next message, or None at the end or after the time."""
        try:
            got = self.incoming.get(timeout=timeout)
        except queue.Empty:
            return None
        if got is None:
            self.incoming.put(None)
            return None
        message = json.loads(got[1])
        message["_time"] = got[0]
        return message

    def until(self, wanted, timeout=20):
        """The first message that is wanted; the others are kept."""
        for i, message in enumerate(self.kept):
            if wanted(message):
                return self.kept.pop(i)
        end = time.time() + timeout
        while time.time() < end:
            message = self.next(end - time.time())
            if message is None:
                return None
            if wanted(message):
                return message
            self.kept.append(message)
        return None

    def reply(self, number, timeout=60):
        return self.until(lambda m: m.get("id") == number and "method" not in m, timeout)

    def notice(self, method, timeout=20):
        return self.until(lambda m: m.get("method") == method, timeout)

    def open(self, encodings=None, options=None, **capabilities):
        general = {"positionEncodings": encodings} if encodings else {}
        answer = self.ask("initialize", {
            "processId": None, "rootUri": None, "initializationOptions": options or {},
            "capabilities": {"general": general, **capabilities}})
        self.notify("initialized", {})
        return answer

    def close(self):
        """Shutdown and exit; the exit status."""
        self.ask("shutdown", None)
        self.notify("exit", None)
        return self.child.wait(20)
