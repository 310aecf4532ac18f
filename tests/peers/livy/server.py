"""A small Livy server: sessions and SQL statements over HTTP, a real Spark 3.5 with Delta behind them.

    python server.py --port 0 --home target/peers/livy/home

Prints {"port": N} when it listens. The catalog lives under --home (a Hive metastore on Derby), so that a server that was
killed comes back with its tables. POST /faults {"status": 429, "times": 2, "path": "statements", "method": "POST"}
makes the next requests fail: for tests of retries. POST /faults {"die_after": 3} ends the process, without a word, while
the third statement from then runs. POST /faults {"lose_session_after": 2} forgets the session instead. {"lose_answers": 1}
takes a statement and answers 502 all the same.
"""
import argparse
import itertools
import json
import os
import re
import signal
import threading
import time
from datetime import date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

from pyspark.sql import SparkSession

# A short life over small tables: what the optimising compiler would gain is less than it costs.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC"
ROWS = 1000  # livy.rsc.sql.num-rows: more are cut off, as Livy does


def open_spark(home, ivy):
    os.makedirs(home, exist_ok=True)
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars.packages", "io.delta:delta-spark_2.12:3.2.1")
        .config("spark.jars.ivy", ivy)
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.warehouse.dir", os.path.join(home, "warehouse"))
        .config("spark.driver.extraJavaOptions", f"-Dderby.system.home={home} -Dderby.stream.error.file=/dev/null {QUICK}")
        .config("spark.driver.memory", "2g")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .enableHiveSupport()
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    return spark


def plain(value):
    """JSON as Livy's SQL interpreter writes it: numbers as numbers, dates and times as text."""
    if value is None or isinstance(value, (bool, str, int, float)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return str(value)


class Session:
    def __init__(self, number, spark, conf):
        self.id, self.state, self.spark = number, "starting", spark.newSession()
        self.conf, self.statements, self.queue = conf, [], Queue()
        threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        for key, value in self.conf.items():
            if key.startswith("spark.sql."):
                self.spark.conf.set(key, value)
        self.state = "idle"
        while True:
            statement = self.queue.get()
            if statement is None:
                return
            if statement["state"] != "waiting":
                continue
            self.state, statement["state"] = "busy", "running"
            faults.before_statement(self)
            self.run(statement)
            self.state = "idle" if self.state == "busy" else self.state

    def run(self, statement):
        context = self.spark.sparkContext
        context.setLocalProperty("spark.jobGroup.id", f"{self.id}-{statement['id']}")
        context.setLocalProperty("spark.job.interruptOnCancel", "true")
        try:
            frame = self.spark.sql(statement["code"])
            rows = frame.take(ROWS)
            data = {"schema": json.loads(frame.schema.json()), "data": [[plain(v) for v in row] for row in rows]}
            output = {"status": "ok", "execution_count": statement["id"], "data": {"application/json": data}}
        except Exception as error:
            text = str(error)
            output = {
                "status": "error",
                "execution_count": statement["id"],
                "ename": type(error).__name__,
                "evalue": text,
                "traceback": [],
            }
        if statement["state"] == "cancelling":
            statement["state"] = "cancelled"
        else:
            statement["output"], statement["progress"], statement["state"] = output, 1.0, "available"

    def submit(self, code):
        statement = {"id": len(self.statements), "code": code, "state": "waiting", "progress": 0.0, "output": None}
        self.statements.append(statement)
        self.queue.put(statement)
        return statement

    def cancel(self, statement):
        if statement["state"] == "waiting":
            statement["state"] = "cancelled"
        elif statement["state"] == "running":
            statement["state"] = "cancelling"
            self.spark.sparkContext.cancelJobGroup(f"{self.id}-{statement['id']}")

    def describe(self):
        return {"id": self.id, "state": self.state, "kind": "sql", "name": None, "appId": None, "log": []}


class Faults:
    def __init__(self):
        self.answers, self.die_after, self.lose_after, self.lost_answers = [], None, None, 0

    def declare(self, fault):
        if "status" in fault:
            self.answers.append(dict(fault))
        self.lost_answers = fault.get("lose_answers", self.lost_answers)
        self.die_after = fault.get("die_after", self.die_after)
        self.lose_after = fault.get("lose_session_after", self.lose_after)

    def answer(self, method, path):
        for fault in self.answers:
            if fault["times"] > 0 and fault.get("method", method) == method and fault.get("path", "") in path:
                fault["times"] -= 1
                return fault
        return None

    def before_statement(self, session):
        if self.die_after is not None:
            self.die_after -= 1
            if self.die_after <= 0:
                threading.Timer(0.15, lambda: os.killpg(os.getpgid(0), signal.SIGKILL)).start()
                self.die_after = None
        if self.lose_after is not None:
            self.lose_after -= 1
            if self.lose_after <= 0:
                self.lose_after = None
                sessions.pop(session.id, None)


faults, sessions, numbers = Faults(), {}, itertools.count()
token = os.environ.get("LIVY_TOKEN")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, headers=()):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def handle_request(self, method):
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}")
        if self.path == "/faults":
            faults.declare(body)
            return self.answer(200, {})
        fault = faults.answer(method, self.path)
        if fault is not None:
            headers = [("Retry-After", str(fault["retry_after"]))] if "retry_after" in fault else []
            return self.answer(fault["status"], {"msg": "declared fault"}, headers)
        if token and self.headers.get("Authorization") != f"Bearer {token}":
            return self.answer(401, {"msg": "no access"})
        return self.route(method, self.path.split("?")[0], body)

    def route(self, method, path, body):
        if path == "/sessions":
            if method == "GET":
                return self.answer(200, {"sessions": [one.describe() for one in sessions.values()]})
            session = Session(next(numbers), spark, body.get("conf") or {})
            sessions[session.id] = session
            return self.answer(201, session.describe())
        match = re.fullmatch(r"/sessions/(\d+)(?:/statements(?:/(\d+)(/cancel)?)?)?", path)
        session = sessions.get(int(match[1])) if match else None
        if session is None:
            return self.answer(404, {"msg": f"Session '{match[1] if match else path}' not found."})
        if not re.search("/statements", path):
            if method == "DELETE":
                sessions.pop(session.id)
                session.queue.put(None)
                return self.answer(200, {"msg": "deleted"})
            return self.answer(200, session.describe())
        if match[2] is None and method == "GET":
            listed = [{"id": one["id"], "state": one["state"]} for one in session.statements]
            return self.answer(200, {"total_statements": len(listed), "statements": listed})
        if match[2] is None:
            statement = session.submit(body["code"])
            if faults.lost_answers > 0:
                faults.lost_answers -= 1
                return self.answer(502, {"msg": "the answer got lost"})
            return self.answer(201, statement)
        if int(match[2]) >= len(session.statements):
            return self.answer(404, {"msg": "Statement not found."})
        statement = session.statements[int(match[2])]
        if match[3]:
            session.cancel(statement)
            return self.answer(200, {"msg": "canceled"})
        return self.answer(200, statement)

    def do_GET(self):
        self.handle_request("GET")

    def do_POST(self):
        self.handle_request("POST")

    def do_DELETE(self):
        self.handle_request("DELETE")


def main():
    global spark
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--home", required=True)
    options.add_argument("--ivy", required=True)
    given = options.parse_args()
    begin = time.time()
    spark = open_spark(os.path.abspath(given.home), os.path.abspath(given.ivy))
    spark.sql("select 1").collect()
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Handler)
    print(json.dumps({"port": server.server_port, "seconds": round(time.time() - begin, 1)}), flush=True)
    server.serve_forever()


main()
