import { reportCli } from '#core';
import { type Dataset, selectRows } from '#ml';
import { instantText } from '#ops';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';

/** The rows of one prediction time: the one named, or the newest. */
export function rowsAt(data: Dataset, named: string | undefined): { rows: Uint32Array; at: string } {
  const times = data.predictionTime as Float64Array;
  const known = [...new Set(times)].filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  const wanted = named === undefined ? known.at(-1) : readInstant(named);
  const rows: number[] = [];
  for (const [row, time] of times.entries()) if (time === wanted) rows.push(row);
  if (wanted === undefined || rows.length === 0) {
    const range =
      known.length === 0
        ? 'none'
        : `${instantText(known[0] as number)} to ${instantText(known.at(-1) as number)}`;
    fail(reportCli('CH924', { value: named ?? '', times: `${known.length}, ${range}` }), exitCodes.failed);
  }
  return { rows: Uint32Array.from(rows), at: instantText(wanted) };
}

/** The row of one entity at a prediction time; the newest one it has without. */
export function rowOf(data: Dataset, entityName: string, entity: string, at: string | undefined): number {
  const times = data.predictionTime as Float64Array;
  const wanted = at === undefined ? undefined : readInstant(at);
  let best: number | undefined;
  for (let row = 0; row < data.rows; row++) {
    if (data.entity?.[row] !== entity) continue;
    if (wanted !== undefined && times[row] !== wanted) continue;
    if (best === undefined || (times[row] as number) > (times[best] as number)) best = row;
  }
  return best ?? fail(reportCli('CH923', { entity: entityName, value: entity, at }), exitCodes.failed);
}

/** Rows evenly spread over a data set, at most `most`. */
export function sampleRows(data: Dataset, most: number): Dataset {
  if (data.rows <= most) return data;
  return selectRows(
    data,
    Uint32Array.from({ length: most }, (_, at) => Math.floor((at * data.rows) / most)),
  );
}

/** Dates and instants are UTC unless they say otherwise. */
function readInstant(text: string): number {
  const iso = text.trim().replace(' ', 'T');
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(iso);
  const milliseconds = Date.parse(/T/.test(iso) ? (zoned ? iso : `${iso}Z`) : `${iso}T00:00:00Z`);
  if (Number.isNaN(milliseconds))
    fail(
      reportCli('CH904', {
        flag: '--at',
        value: text,
        expected: 'a date such as `2024-10-01`, or a timestamp',
      }),
    );
  return milliseconds;
}
