#!/usr/bin/env python3
"""A teacher in forty lines, with nothing but Python's standard library.

It looks at the skills that the student gets wrong most often and asks the server's teacher for data of these.
usage: teacher.py [URL] [ITERATIONS]
"""
import json
import sys
import urllib.request

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
ITERATIONS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
BUDGET = 100  # training data an iteration


def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=120) as response:
        return json.load(response)


def wait(path):
    """Polls until the iteration is over; the server holds each request for up to 30 seconds."""
    while True:
        answer = call("GET", path + "?wait=30")
        if answer["status"] in ("succeeded", "failed", "cancelled"):
            return answer


session = call("POST", "/v1/sessions", {"task": "math-pocket", "seed": 1, "limits": {"iterations": ITERATIONS}})
path = session["links"]["self"]
feedback = wait(path + "/feedback/0")
while feedback["status"] == "succeeded":
    report = feedback["reports"][0]
    print(f"iteration {feedback['iteration']}: validation accuracy {report['value']:.3f}", flush=True)
    if call("GET", path)["status"] != "ready":
        break
    weakness = {s["value_of"]: (1 - s["value"]) ** 2 + 0.01 for s in report["slices"]}
    total = sum(weakness.values())
    specs = [{"skill": skill, "count": round(BUDGET * w / total)} for skill, w in weakness.items()]
    plan = {"type": "plan", "specs": [spec for spec in specs if spec["count"] > 0]}
    action = call("POST", path + "/actions", plan)
    feedback = wait(action["links"]["feedback"])
