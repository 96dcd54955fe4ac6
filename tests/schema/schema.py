"""Whether corpus/patterns/schema.json is true: TAP. In: srcdir, the program that turns YAML into JSON.
The keys, ranges and choices of the tables in libsrc/cue/*.c are those of the schema, and the built-in sets
are valid under it, broken ones are not. The validator knows the keywords that the schema uses, no others."""
import glob
import json
import os
import re
import subprocess
import sys

TOP, YAML_JSON = sys.argv[1], sys.argv[2]
SCHEMA = json.load(open(os.path.join(TOP, "corpus/patterns/schema.json"), encoding="utf-8"))
NOTES = {"$schema", "$id", "title", "description", "$defs"}
count = wrong = 0


def test(good, name, why=""):
    global count, wrong
    count += 1
    wrong += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}" + ("" if good else f"\n# {why}"))


# ---- The validator

TYPES = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "object": dict, "array": list}


def is_type(value, name):
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])


def mistakes(schema, value, path="$"):
    """The first thing that is wrong with a value, or nothing."""
    if "$ref" in schema:
        yield from mistakes(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], value, path)
    for word, want in schema.items():
        if word in NOTES or word == "$ref":
            continue
        elif word == "type":
            if not any(is_type(value, t) for t in (want if isinstance(want, list) else [want])):
                yield f"{path}: no {want}"
        elif word == "enum":
            if value not in want:
                yield f"{path}: {value!r} is none of {want}"
        elif word == "anyOf":
            if all(next(mistakes(s, value, path), None) for s in want):
                yield f"{path}: " + " / ".join(next(mistakes(s, value, path)) for s in want)[:600]
        elif word == "pattern":
            if isinstance(value, str) and not re.search(want, value):
                yield f"{path}: {value!r} is not {want}"
        elif word in ("minimum", "maximum"):
            if is_type(value, "number") and (value < want if word == "minimum" else value > want):
                yield f"{path}: {value} is beyond {want}"
        elif word in ("minItems", "maxItems"):
            if isinstance(value, list) and (len(value) < want if word == "minItems" else len(value) > want):
                yield f"{path}: {len(value)} items"
        elif word in ("minProperties", "maxProperties"):
            if isinstance(value, dict) and (len(value) < want if word == "minProperties" else len(value) > want):
                yield f"{path}: {len(value)} keys"
        elif word == "items":
            for i, item in enumerate(value if isinstance(value, list) else []):
                yield from mistakes(want, item, f"{path}[{i}]")
        elif word == "required":
            for key in want if isinstance(value, dict) else []:
                if key not in value:
                    yield f"{path}: no {key}"
        elif word == "properties":
            for key in want.keys() & value.keys() if isinstance(value, dict) else []:
                yield from mistakes(want[key], value[key], f"{path}.{key}")
        elif word == "propertyNames":
            for key in value if isinstance(value, dict) else []:
                yield from mistakes(want, key, f"{path}.{key}")
        elif word == "additionalProperties":
            for key in value if isinstance(value, dict) else []:
                if key in schema.get("properties", {}):
                    continue
                if want is False:
                    yield f"{path}: unknown key {key}"
                else:
                    yield from mistakes(want, value[key], f"{path}.{key}")
        else:
            raise SystemExit(f"the schema's {word} is not known to this test")


def load(path):
    out = subprocess.run([YAML_JSON, path], capture_output=True, text=True)
    return json.loads(out.stdout) if out.returncode == 0 else None


# ---- The tables of the loader

TABLES = {"condition": "condition", "shift": "shift", "agreement": "agreement", "pattern": "pattern",
          "series": "series", "count": "count", "same": "same", "move": "move", "antipattern": "antipattern",
          "lexicon": "lexicon", "device": "device", "manifest": "set", "file": None}
SOURCE = "".join(open(f, encoding="utf-8").read() for f in sorted(glob.glob(os.path.join(TOP, "libsrc/cue/*.c"))))
CONSTANTS = {name: int(number) for name, number in re.findall(r"\b([A-Z][A-Z_]+) = (\d+)", SOURCE)}
CHOICES = {name: re.findall(r'"([^"]+)"', body)
           for name, body in re.findall(r"const char \*const (\w+)\[\] = \{([^}]*)\}", SOURCE)}


def number_of(text):
    return CONSTANTS[text] if text in CONSTANTS else float(text)


def fields_of(body):
    """Name to (low, high, choices) of a table's rows; macros written out."""
    rows = re.findall(r'\{KEY\("([^"]+)",\s*\w+,\s*(?:AT\([^)]*\)|0)\)([^}]*)\}', body)
    if "EXAMPLES" in body:
        rows += [("examples", ""), ("counter-examples", "")]
    if "WEIGHT(" in body:
        rows += [("weight", ".high = 1")]
    for name in re.findall(r'RULES\("(\w+)"', body):
        rows += [(name, ""), (name + "+", ""), (name + "-", "")]
    out = {}
    for name, rest in rows:
        high = re.search(r"\.high = ([\w.-]+)", rest)
        low = re.search(r"\.low = ([\w.-]+)", rest)
        choices = re.search(r"\.choices = (\w+)", rest)
        out[name] = (number_of(low[1]) if low else 0 if high else None, number_of(high[1]) if high else None,
                     CHOICES[choices[1]] if choices else None)
    return out


found = dict(re.findall(r"static const struct field (\w+)_fields\[\] = \{(.*?)\n?\};", SOURCE, re.S))
test(set(found) == set(TABLES), "every table of keys is known here", sorted(set(found) ^ set(TABLES)))
for table, name in TABLES.items():
    fields = fields_of(found.get(table, ""))
    properties = (SCHEMA["$defs"][name] if name else SCHEMA)["properties"]
    test(fields.keys() == properties.keys(), f"keys of {name or 'a file'}", sorted(fields.keys() ^ properties.keys()))
    for key, (low, high, choices) in fields.items():
        have = properties.get(key, {})
        if (low, high) != (None, None) and (have.get("minimum"), have.get("maximum")) != (low, high):
            test(False, f"range of {table}.{key}", f"{low} to {high}")
        if choices and have.get("enum") != choices:
            test(False, f"choices of {table}.{key}", choices)
voices = CHOICES["names"] if "author" in CHOICES.get("names", []) else re.findall(
    r'"(any)", "(author)", "(quoted)", "(scripted)", "(speech)"', SOURCE)[0]
test(SCHEMA["$defs"]["pattern"]["properties"]["voice"]["anyOf"][0]["enum"] == list(voices), "voices")

# ---- Sets

for path in sorted(glob.glob(os.path.join(TOP, "corpus/patterns/*/*.yaml"))) + [
        os.path.join(TOP, "tests/sets/base/base.yaml")] + sys.argv[3:]:
    why = next(mistakes(SCHEMA, load(path)), None)
    test(why is None, f"{os.path.basename(path)} is valid", why)
for path in sorted(glob.glob(os.path.join(TOP, "tests/sets/*.yaml"))):
    if re.match(r"unknown-key-|type-|range-|empty-(devices|patterns|examples)|bad-(scope|position|share|unit|voice|role)\b",
                os.path.basename(path)):
        value = load(path)
        test(value is None or next(mistakes(SCHEMA, value), None) is not None, f"{os.path.basename(path)} is not")
print(f"1..{count}")
sys.exit(wrong > 0)
