"""Holds content files against JSON Schemas, as an editor does: the outside validator of tests/schema.rs.

Each line of standard input is `SCHEMA<tab>FILE`; of a Markdown file its front matter is taken. Prints one line for each fault:
`FILE<tab>path in it<tab>message`. With --meta, the schemas themselves are held against the dialect first.
"""
import json
import re
import sys

import jsonschema
import yaml


class Core(yaml.SafeLoader):
    """YAML 1.2, core schema: what the language server of editors reads."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), list("-+.0123456789"))
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def document(path):
    text = open(path, encoding="utf-8").read()
    if path.endswith(".md"):
        head = re.match(r"\A---[ \t]*\n(.*?)^---[ \t]*$", text, re.S | re.M)
        text = head.group(1) if head else "{}"
    return yaml.load(text, Core)


validators = {}
for line in sys.stdin:
    schema, path = line.rstrip("\n").split("\t")
    if schema not in validators:
        loaded = json.load(open(schema, encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(loaded)
        validators[schema] = jsonschema.Draft202012Validator(loaded)
    try:
        value = document(path)
    except yaml.YAMLError as e:
        print(f"{path}\t\t{type(e).__name__}")
        continue
    if value is None:
        continue
    for error in sorted(validators[schema].iter_errors(value), key=lambda e: list(map(str, e.absolute_path))):
        where = "/".join(map(str, error.absolute_path))
        print(f"{path}\t{where}\t{error.message[:200]}".replace("\n", " "))
