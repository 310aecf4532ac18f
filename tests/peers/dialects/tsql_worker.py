"""Reads T-SQL on stdin, one JSON object a line, and answers with DuckDB SQL for it.

The reading is sqlglot's, with its misreadings of T-SQL put right: each correction below states the fact of
Microsoft's reference that sqlglot leaves out. Nothing here knows the printer that made the T-SQL.
"""
import json
import sys

import sqlfluff
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.schema import MappingSchema

TYPE = exp.DataType.Type
INTEGERS = exp.DataType.INTEGER_TYPES
TEXTS = exp.DataType.TEXT_TYPES


def types_of_tsql(node):
    """float is float(53), eight bytes; bit holds 1, 0 and NULL and is what DuckDB calls boolean."""
    if isinstance(node, exp.DataType):
        if node.this == TYPE.FLOAT:
            return exp.DataType.build("DOUBLE")
        if node.this == TYPE.BIT:
            return exp.DataType.build("BOOLEAN")
    return node


def series_column(node):
    """GENERATE_SERIES has one column, called value."""
    if isinstance(node, exp.Table) and isinstance(node.this, (exp.GenerateSeries, exp.ExplodingGenerateSeries)):
        alias = node.args.get("alias")
        if alias is not None and not alias.columns:
            alias.set("columns", [exp.to_identifier("value", quoted=True)])
    if isinstance(node, exp.Column) and node.name == "value":
        node.this.set("quoted", True)
    return node


def functions(node):
    """LOG of one argument is natural; ROUND(x, n, 1) cuts off; NCHAR is a character by its number; DATALENGTH counts bytes; DATEPART of microseconds leaves
    seconds out; style 3 of a float is all its digits; style 2 of a
    binary value is its hexadecimal text, which DuckDB's md5 and sha256 are already."""
    if isinstance(node, exp.Log) and node.expression is None:
        return exp.Ln(this=node.this)
    if isinstance(node, exp.Convert) and node.args.get("style") is not None and node.args["style"].name == "3":
        return exp.cast(node.expression, "TEXT")
    if isinstance(node, exp.Convert) and isinstance(node.expression, (exp.MD5, exp.SHA, exp.SHA2)):
        return node.expression
    if isinstance(node, exp.Round) and node.args.get("truncate") is not None:
        return exp.Anonymous(this="trunc", expressions=[node.this])
    if isinstance(node, exp.Extract) and node.name.upper() == "MICROSECOND":
        return exp.Mod(this=exp.paren(node.copy()), expression=exp.Literal.number(1000000))
    if isinstance(node, exp.Anonymous) and node.name.lower() == "datalength":
        return exp.Anonymous(this="strlen", expressions=node.expressions)
    if isinstance(node, exp.Anonymous) and node.name.lower() == "nchar":
        return exp.Anonymous(this="chr", expressions=[exp.cast(node.expressions[0], "INT")])
    if isinstance(node, (exp.TimestampTrunc, exp.DateTrunc)) and node.unit is not None:
        # iso_week begins on Monday, as DuckDB's week does.
        if node.unit.name.upper() in ("ISO_WEEK", "WEEK(MONDAY)", "ISOWK"):
            node.set("unit", exp.var("WEEK"))
    return node


def applies(node):
    """CROSS APPLY joins each row with what is made for it; OUTER APPLY keeps rows without. Neither has a condition."""
    if isinstance(node, exp.Join) and isinstance(node.this, exp.Lateral):
        cross = node.this.args.get("cross_apply")
        if cross is not None:
            node.this.set("cross_apply", None)
            if not cross:
                node.set("side", "LEFT")
            node.set("on", exp.true())
    return node


def typed(node):
    """Integers divide to an integer, cut off; + joins texts; DATEADD gives the type of its date."""
    if isinstance(node, exp.Div) and node.this.is_type(*INTEGERS) and node.expression.is_type(*INTEGERS):
        return exp.IntDiv(this=node.this, expression=node.expression)
    if isinstance(node, exp.Add) and (node.this.is_type(*TEXTS) or node.expression.is_type(*TEXTS)):
        return exp.DPipe(this=node.this, expression=node.expression, safe=False)
    if isinstance(node, (exp.DateAdd, exp.TsOrDsAdd)) and node.this.is_type("date"):
        return exp.cast(node.copy(), "DATE")
    return node


def read(sql, schema):
    tree = sqlglot.parse_one(sql, read="fabric")
    for table in tree.find_all(exp.Table):
        # A target is one warehouse.
        table.set("catalog", None)
    for correction in (types_of_tsql, series_column, functions, applies):
        tree = tree.transform(correction)
    tree = annotate_types(tree, schema=schema, dialect="duckdb")
    # Types of what stands above a corrected node depend on it.
    for _ in range(3):
        tree = annotate_types(bottom_up(tree, typed), schema=schema, dialect="duckdb")
    return tree.sql(dialect="duckdb")


def bottom_up(node, change):
    for child in list(node.iter_expressions()):
        changed = bottom_up(child, change)
        if changed is not child:
            child.replace(changed)
    if isinstance(node, (exp.Cast,)) and isinstance(node.this, (exp.DateAdd, exp.TsOrDsAdd)):
        return node
    return change(node)


def refusals(sql):
    """What stands in the way of sqlglot or of sqlfluff, or nothing."""
    found = []
    # Statements of a warehouse that sqlfluff's grammar of SQL Server does not have.
    known = "\n".join(line for line in sql.splitlines() if " as clone of " not in line)
    try:
        # A procedure call or a block of T-SQL's own is read as a command, and as no more than that.
        sqlglot.parse(sql, read="fabric")
    except SqlglotError as error:
        found.append(f"sqlglot: {error}")
    try:
        sqlfluff.parse(known.rstrip() + "\n", dialect="tsql")
    except sqlfluff.api.APIParsingError as error:
        found.append(f"sqlfluff: {error}")
    return "\n".join(found)


schema = MappingSchema({}, dialect="duckdb")
print("{}", flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        if "tables" in request:
            schema = MappingSchema(request["tables"], dialect="duckdb")
            answer = {"sql": ""}
        elif "parse" in request:
            answer = {"sql": "", "error": refusals(request["parse"])}
        else:
            answer = {"sql": read(request["sql"], schema)}
    except SqlglotError as error:
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)
