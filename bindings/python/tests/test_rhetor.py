"""The Python binding on its own: run by tests/python.tap, which sets PYTHONPATH and RHETOR_LIBRARY."""
import gc
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import rhetor

TEXT = "Café 😀 — perhaps we must act. “If you stop,” she could say, “we will pay.”\r\nThey must pay.\r\n"


class Binding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = rhetor.Engine()

    def test_offsets_are_code_points(self):
        with self.engine.document(TEXT) as document:
            tags = document.tags()
            self.assertIn("necessity", [t.device for t in tags])
            for tag in tags:
                self.assertEqual(TEXT[tag.start:tag.end], tag.text)
                self.assertEqual(TEXT.encode()[tag.byte_start:tag.byte_end].decode(), tag.text)
                for role in tag.roles.values():
                    if role.end:
                        self.assertEqual(TEXT[role.start:role.end], role.text)

    def test_golden_list(self):
        folder = pathlib.Path(os.environ["srcdir"], "tests", "bindings")
        if not (folder / "golden.tags").exists():
            self.skipTest("no golden list")
        data = (folder / "golden.txt").read_bytes()
        text = data.decode()
        wanted = [line.split() for line in (folder / "golden.tags").read_text().splitlines()
                  if line and not line.startswith("#")]
        devices = {row[3] for row in wanted}
        got = []
        with self.engine.document(text) as document:
            for tag in document:
                if tag.device in devices:
                    before = data[:tag.byte_start]
                    line = before.count(b"\n") + 1
                    start = before.rfind(b"\n") + 1
                    got.append([str(line), str(tag.byte_start - start + 1), str(tag.byte_end - start + 1), tag.device])
        self.assertEqual(got, wanted)

    def test_edit_equals_fresh(self):
        with self.engine.document(TEXT) as document:
            document.tags()
            document.replace(5, 6, "👍 and ")
            fresh = self.engine.document(TEXT[:5] + "👍 and " + TEXT[6:])
            strip = lambda tags: [(t.device, t.start, t.end, round(t.score, 4)) for t in tags]
            self.assertEqual(document.text, fresh.text)
            self.assertEqual(strip(document), strip(fresh))

    def test_steps(self):
        with self.engine.document("We must act.\n\n" * 50) as document:
            steps = 1
            while document.step(1):
                steps += 1
            self.assertGreater(steps, 50)
            self.assertGreaterEqual(len(document.tags()), 50)

    def test_explain_and_message(self):
        with self.engine.document("We must act.") as document:
            tag = next(t for t in document if t.device == "necessity")
            self.assertIn("score", document.explain(tag))
            self.assertTrue(document.message(tag))

    def test_a_user_set_and_its_mistakes(self):
        with tempfile.TemporaryDirectory() as folder:
            good, bad = pathlib.Path(folder, "good.yaml"), pathlib.Path(folder, "bad.yaml")
            good.write_text("devices:\n  - {id: sea, name: Sea, family: tropes, patterns: [harbour]}\n")
            bad.write_text("devices:\n  - {id: sea, nmae: Sea}\n")
            with rhetor.Engine([good]) as engine, engine.document("The harbour.") as document:
                self.assertEqual([t.text for t in document if t.device == "sea"], ["harbour"])
            with self.assertRaises(rhetor.SetError) as caught:
                rhetor.Engine([bad])
            self.assertIn("bad.yaml:2:", caught.exception.diagnostics[0])
            with self.assertRaises(rhetor.Error):
                rhetor.Engine([pathlib.Path(folder, "none.yaml")])

    def test_freed_in_any_order(self):
        engine = rhetor.Engine()
        document = engine.document("We must act.")
        engine.close()
        engine.close()
        del engine
        gc.collect()
        document.analyse()
        document.close()
        document.close()
        with self.assertRaises(rhetor.Error):
            document.tags()

    def test_no_library_is_one_sentence(self):
        env = {**os.environ, "RHETOR_LIBRARY": "/nowhere/librhetor.so.1"}
        out = subprocess.run([sys.executable, "-c", "import rhetor"], env=env, capture_output=True, text=True)
        self.assertNotEqual(out.returncode, 0)
        self.assertIn("librhetor is not found: install it, or name it in RHETOR_LIBRARY", out.stderr)


class Tap(unittest.TextTestResult):
    def __init__(self, *args):
        super().__init__(*args)
        self.n = 0

    def say(self, word, test, more=""):
        self.n += 1
        print(f"{word} {self.n} - {test.id().split('.')[-1]}{more}")

    def addSuccess(self, test):
        self.say("ok", test)

    def addSkip(self, test, reason):
        self.say("ok", test, f" # SKIP {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.say("not ok", test)

    addError = addFailure


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Binding)
    result = unittest.TextTestRunner(stream=sys.stderr, resultclass=Tap, verbosity=0).run(suite)
    print(f"1..{suite.countTestCases()}")
    sys.exit(not result.wasSuccessful())
