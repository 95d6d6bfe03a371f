#!/usr/bin/env python3
"""Measures the running service against its limits: start, idle memory, and the API's latency while a student trains.

usage: service.py [BINARY]      (default .build/release/dataenvgym)
Prints each figure with its limit and their ratio; below 1 is good. Loopback only, about 20 seconds. Nothing but Python's
standard library. Python's own threads share the processors, which makes the latencies an upper bound.
"""
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

BINARY = sys.argv[1] if len(sys.argv) > 1 else ".build/release/dataenvgym"
CONNECTIONS = 16


def report(name, value, unit, limit):
    print(f"{name:<58} {value:9.2f} {unit:<4} limit {limit:6.0f}  ratio {value / limit:5.2f}", flush=True)


def start(directory):
    begin = time.perf_counter()
    process = subprocess.Popen(
        [BINARY, "serve", "--port", "0", "--data", directory], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = urllib.parse.urlparse(process.stdout.readline().split()[-1])
    connection = http.client.HTTPConnection(address.hostname, address.port)
    connection.request("GET", "/v1")
    connection.getresponse().read()
    return process, address, (time.perf_counter() - begin) * 1000


def resident(process):
    with open(f"/proc/{process.pid}/status") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024


def call(address, method, path, body=None):
    connection = http.client.HTTPConnection(address.hostname, address.port)
    headers = {"Content-Type": "application/json"}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    return json.loads(connection.getresponse().read())


def start_training(address):
    """A session in the midst of training; returns its path."""
    session = call(address, "POST", "/v1/sessions", {"task": "math-pocket", "training": {"steps": 5000}})
    path = session["links"]["self"]
    while call(address, "GET", path + "/observation?wait=30")["status"] != "ready":
        pass
    call(address, "POST", path + "/actions", {"type": "plan", "specs": [{"skill": "total", "count": 100}]})
    while call(address, "GET", path)["phase"] != "training":
        time.sleep(0.01)
    return path


def latencies(address, path, seconds):
    """Each connection asks again as soon as it has its answer, with a breath of 5 ms."""
    results, end = [], time.perf_counter() + seconds

    def ask():
        connection = http.client.HTTPConnection(address.hostname, address.port)
        own = []
        while time.perf_counter() < end:
            begin = time.perf_counter()
            connection.request("GET", path)
            connection.getresponse().read()
            own.append((time.perf_counter() - begin) * 1000)
            time.sleep(0.005)
        results.extend(own)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


directory = tempfile.mkdtemp()
try:
    process, _, _ = start(directory)
    process.kill()
    process.wait()
    times = []
    for _ in range(5):
        process, address, milliseconds = start(directory)
        times.append(milliseconds)
        time.sleep(0.3)
        memory = resident(process)
        process.terminate()
        process.wait()
    report("start to first answered request (median of 5)", sorted(times)[2], "ms", 150)
    report("idle server, resident", memory, "MiB", 40)
    process, address, _ = start(directory)
    path = start_training(address)
    measured = latencies(address, path, 8)
    phase = call(address, "GET", path)["phase"]
    report(f"GET session while training ({phase}), {len(measured)} requests, p50", measured[len(measured) // 2], "ms", 10)
    report("the same, p99", measured[int(len(measured) * 0.99)], "ms", 10)
    report("while training, resident", resident(process), "MiB", 200)
    process.kill()
    process.wait()
finally:
    shutil.rmtree(directory)
