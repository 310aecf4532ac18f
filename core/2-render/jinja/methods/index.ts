import { Dict, MappedText, PySet, type Value } from '../values/value.ts';
import { dictMethods } from './dicts.ts';
import { listMethods } from './lists.ts';
import type { Methods } from './method.ts';
import { setMethods } from './sets.ts';
import { stringMethods } from './strings.ts';

const strings: Methods = new Map(Object.entries(stringMethods));
const lists: Methods = new Map(Object.entries(listMethods));
const dicts: Methods = new Map(Object.entries(dictMethods));
const sets: Methods = new Map(Object.entries(setMethods));

/** The Python methods of a value's type; undefined for objects with attributes of their own. */
export function methodsOf(value: Value): Methods | undefined {
  if (typeof value === 'string' || value instanceof MappedText) return strings;
  if (Array.isArray(value)) return lists;
  if (value instanceof Dict) return dicts;
  if (value instanceof PySet) return sets;
  return undefined;
}
