"""Writes every parameter LightGBM knows, with its aliases and default, as JSON: what parameters.mjs compares with ours."""
import ctypes
import json
import re
import sys

import lightgbm as lgb
import numpy as np
from lightgbm.basic import _LIB, _safe_call

size = 1 << 20
buffer = ctypes.create_string_buffer(size)
length = ctypes.c_int64(0)
_safe_call(_LIB.LGBM_DumpParamAliases(ctypes.c_int64(size), ctypes.byref(length), buffer))
aliases = json.loads(buffer.value.decode())
x = np.arange(40.0).reshape(-1, 1)
text = lgb.train({'verbose': -1}, lgb.Dataset(x, x[:, 0]), 1).model_to_string()
defaults = dict(re.findall(r'^\[(\w+): ?(.*)\]$', text, re.M))
json.dump({'aliases': aliases, 'defaults': defaults}, open(f'{sys.argv[1]}/parameters.json', 'w'))
