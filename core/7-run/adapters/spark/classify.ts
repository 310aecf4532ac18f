import { EngineError, type EngineErrorKind } from '../engine-error.ts';

/** First match wins. Spark names its error classes in brackets; the JVM's come by class name. */
const kinds: readonly (readonly [EngineErrorKind, RegExp])[] = [
  ['interrupted', /cancelled|Job \d+ cancelled|cancelJobGroup/i],
  ['missing-file', /PATH_NOT_FOUND|FileNotFoundException/],
  ['broken-file', /MALFORMED_RECORD|FAILED_READ_FILE|is not a Parquet file|Malformed (records|CSV)/i],
  ['disk-full', /No space left on device/i],
  ['out-of-memory', /OutOfMemoryError|Java heap space|MetadataFetchFailed.*memory/i],
  ['conflict', /DELTA_CONCURRENT|ConcurrentAppendException|ConcurrentModificationException|ConcurrentWrite/],
  ['permission', /AccessControlException|Permission denied|403 Forbidden/i],
  ['fatal', /SparkContext (was|has been) (shut down|stopped)|Cannot call methods on a stopped SparkContext/i],
];

/** A failed statement as an engine error: the first paragraph of what Spark says, without plans and stacks. */
export function classifySparkError(name: string, value: string): EngineError {
  const text = `${name}: ${value}`;
  const kind = kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? 'statement';
  const message = value.split(/\n\s*\n|\n== |\n\tat |;\n|\nJVM stacktrace/)[0]?.trim() ?? '';
  return new EngineError({ kind, message: message.slice(0, 1000) || name, fatal: kind === 'fatal' });
}
