"""A Singer tap over a file of JSON lines, with faults that its config asks for."""
import argparse
import gzip
import json
import os
import sys
import time

SCHEMA = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "what": {"type": ["null", "string"]},
        "price": {"type": ["null", "number"], "multipleOf": 0.01},
        "at": {"anyOf": [{"type": "null"}, {"type": "string", "format": "date-time"}]},
        "day": {"type": ["null", "string"], "format": "date"},
        "clock": {"type": ["null", "string"], "format": "time"},
        "tags": {"type": ["null", "array"], "items": {"type": "string"}},
        "both": {"type": ["integer", "string", "null"]},
    },
}

parser = argparse.ArgumentParser()
parser.add_argument("--config", required=True)
parser.add_argument("--catalog")
parser.add_argument("--state")
parser.add_argument("--discover", action="store_true")
told = parser.parse_args()
config = json.load(open(told.config))
fault = config.get("fault")


def say(message):
    print(json.dumps(message), flush=True)


if os.stat(told.config).st_mode & 0o077:
    sys.exit("others can read the config")
if told.discover:
    if fault == "discover":
        print("hello")
    else:
        say({"streams": [
            {"tap_stream_id": name, "stream": name, "schema": SCHEMA, "metadata": [
                {"breadcrumb": [], "metadata": {"inclusion": "available"}}]}
            for name in ("entries", "others")]})
    sys.exit(0)

catalog = json.load(open(told.catalog))
chosen = [one["stream"] for one in catalog["streams"]
          for facts in one["metadata"] if facts["breadcrumb"] == [] and facts["metadata"]["selected"]]
if chosen != ["entries"]:
    sys.exit("selected " + str(chosen))
after = json.load(open(told.state))["last"] if told.state else 0
rows = [json.loads(line) for line in open("entries.ndjson")]
say({"type": "SCHEMA", "stream": "entries", "schema": SCHEMA, "key_properties": ["id"]})
say({"type": "SCHEMA", "stream": "others", "schema": SCHEMA, "key_properties": ["id"]})
say({"type": "RECORD", "stream": "others", "record": {"id": 99}})
say({"type": "ACTIVATE_VERSION", "stream": "entries", "version": 7})
for row in rows:
    if row["id"] > after:
        if fault == "batch":
            name = os.path.abspath("batch-%d.jsonl.gz" % row["id"])
            with gzip.open(name, "wt") as out:
                out.write(json.dumps(row) + "\n")
            say({"type": "BATCH", "stream": "entries", "encoding": {"format": "jsonl", "compression": "gzip"},
                 "manifest": ["file://" + name]})
        else:
            say({"type": "RECORD", "stream": "entries", "record": row})
        say({"type": "STATE", "value": {"last": row["id"]}})
    if fault == "die" and row["id"] > after:
        print("no longer\nrefused: token " + config["token"], file=sys.stderr)
        sys.exit(3)
if fault == "choke":
    print("token " + config["token"] + "x" * 1_000_000, file=sys.stderr)
    raise ValueError("alice@example.com is no number")
if fault == "garbage":
    print("starting sync of my-precious")
if fault == "hang":
    open("begun", "w").write(str(os.getpid()))
    time.sleep(600)
