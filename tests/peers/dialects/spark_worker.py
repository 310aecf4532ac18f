"""Runs Spark SQL for the dialect tests: one JSON request a line in, one JSON answer a line out."""
import json
import math
import sys
from datetime import date, datetime
from decimal import Decimal

from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.sql.ansi.enabled", "false")
    .config("spark.sql.shuffle.partitions", "2")
    # A short life over small tables: what the optimising compiler would gain is less than it costs.
    .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.legacy.timeParserPolicy", "CORRECTED")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")


def plain(value):
    """JSON that says the value exactly enough to compare: numbers as numbers, the rest as text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (float, Decimal)):
        number = float(value)
        if math.isnan(number) or math.isinf(number):
            return str(number).lower()
        return number
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return str(value)


print(json.dumps({"ready": spark.version}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        if "parquet" in request:
            spark.read.parquet(request["parquet"]).createOrReplaceTempView(request["table"])
            answer = {"rows": []}
        else:
            rows = spark.sql(request["sql"]).collect()
            answer = {"rows": [[plain(value) for value in row] for row in rows]}
    except Exception as error:  # the engine's message is the answer
        answer = {"error": str(error).split("\n\n")[0][:2000]}
    print(json.dumps(answer), flush=True)
