# Sourced by the suites that need Spark: installs PySpark and the SQL parsers once for all of them, into target/.
venv=target/peers/spark
if [ ! -f "$venv/ready" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet pyspark==3.5.5 sqlglot==30.30.0 sqlfluff==4.5.0
  touch "$venv/ready"
fi
export CHURN_PEER_PYTHON="$PWD/$venv/bin/python" CHURN_PEER_IVY="$PWD/$venv/ivy"
