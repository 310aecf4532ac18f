import { raise } from './error.ts';
import { methodsOf } from './methods/index.ts';
import { numberOf, textOf } from './values/compare.ts';
import { Group } from './values/group.ts';
import { native } from './values/native.ts';
import { typeName } from './values/show.ts';
import { Dict, orElse, PyObject, Undefined, type Value } from './values/value.ts';

/** `object.name`: an attribute or method first, then a key, as in Jinja. */
export function attributeOf(object: Value, name: string): Value {
  if (object instanceof PyObject) {
    const attribute = object.attribute(name);
    const found = attribute === undefined ? object.item(name) : attribute;
    return orElse(found, () => new Undefined(name, typeName(object), () => object.attributeNames()));
  }
  if (object instanceof Undefined) return object.fail();
  const methods = methodsOf(object);
  const method = methods?.get(name);
  if (object instanceof Group && (name === 'grouper' || name === 'list')) return object[name];
  if (method)
    return native(name, method.parameters, (args, evaluator) => method.body(object, args, evaluator));
  if (object instanceof Dict) {
    return orElse(
      object.entries.get(name),
      () => new Undefined(name, typeName(object), () => keysAndMethods(object, methods)),
    );
  }
  return new Undefined(name, typeName(object), () => methods?.keys() ?? []);
}

function* keysAndMethods(object: Dict, methods: ReadonlyMap<string, unknown> | undefined): Iterable<string> {
  for (const key of object.entries.keys()) if (typeof key === 'string') yield key;
  if (methods) yield* methods.keys();
}

/** `object[key]`: an item first, then an attribute. */
export function itemOf(object: Value, key: Value): Value {
  if (object instanceof Undefined) return object.fail();
  if (key instanceof Undefined) return key.fail();
  if (object instanceof Dict) {
    return orElse(
      object.get(key),
      () => new Undefined(keyText(key), typeName(object), () => keysAndMethods(object, undefined)),
    );
  }
  const text = textOf(key);
  if (object instanceof PyObject) {
    const item = object.item(key);
    const found = item === undefined && text !== undefined ? object.attribute(text) : item;
    return orElse(found, () => new Undefined(keyText(key), typeName(object), () => object.attributeNames()));
  }
  if (text !== undefined) return attributeOf(object, text);
  const index = numberOf(key);
  const items = Array.isArray(object) ? object : textOf(object);
  if (index === undefined || items === undefined) {
    return raise('CH204', { problem: `${typeName(object)} has no items` });
  }
  const found = items[index < 0 ? index + items.length : index];
  return orElse(found, () => new Undefined(`[${index}]`, `${typeName(object)} of length ${items.length}`));
}

function keyText(key: Value): string {
  return textOf(key) ?? String(numberOf(key) ?? typeName(key));
}
