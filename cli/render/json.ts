import type { CliEvent, Json, Renderer } from './events.ts';
import { slowestOf, tallyOf } from './lines.ts';
import type { Write } from './plain.ts';

/** Version of every JSON line; a consumer refuses numbers it does not know. */
export const schemaVersion = 1;

/** One JSON object per line: `{"schema_version":1,"type":"node-end",...}`; data and progress share the stream. */
export function jsonRenderer(write: Write): Renderer {
  return {
    emit: (event) => {
      for (const record of recordsOf(event)) write(`${JSON.stringify(record)}\n`);
    },
    close: async () => {},
  };
}

/** Progress as JSON lines on stderr while data stays as it is: `--log-format json`. */
export function jsonLogRenderer(stdout: Write, stderr: Write): Renderer {
  const log = jsonRenderer(stderr);
  return {
    emit: (event) => {
      if (event.type !== 'data') log.emit(event);
      else if (event.text !== '') stdout(event.text.endsWith('\n') ? event.text : `${event.text}\n`);
    },
    close: async () => {},
  };
}

type JsonRecord = { readonly [key: string]: Json | undefined };

/** An event in snake_case, as artifacts spell their keys. */
export function recordsOf(event: CliEvent): readonly JsonRecord[] {
  switch (event.type) {
    case 'data':
      return event.records.map((record) => ({ schema_version: schemaVersion, ...record }));
    case 'diagnostics':
      return event.diagnostics.map((diagnostic) => line('diagnostic', plainData(diagnostic)));
    case 'note':
      return [line('note', { level: event.level, text: event.text })];
    case 'next':
      return [line('next', { commands: event.commands })];
    case 'run-end': {
      const results = event.results;
      return [
        line('run-end', {
          seconds: event.seconds,
          interrupted: event.interrupted,
          ...tallyOf(results),
          total: results.length,
          slowest: slowestOf(results).map(({ uniqueId, seconds }) => ({ unique_id: uniqueId, seconds })),
        }),
      ];
    }
    case 'node-end': {
      const { compiledSql: _, ...result } = event.result;
      return [line('node-end', { index: event.index, total: event.total, ...plainData(result) })];
    }
    case 'section':
    case 'run-start':
    case 'node-start':
    case 'step-start':
    case 'step-end': {
      const { type, ...rest } = event;
      return [line(type, plainData(rest))];
    }
  }
}

function line(type: string, values: JsonRecord): JsonRecord {
  return { schema_version: schemaVersion, type, ...values };
}

/** Keys in snake_case, deeply; only data goes in. */
function plainData(value: object): JsonRecord {
  return snake(value) as JsonRecord;
}

function snake(value: unknown): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => snake(item) ?? null);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value as Json | undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snake(item),
    ]),
  );
}
