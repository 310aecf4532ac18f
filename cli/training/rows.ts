import { type Dataset, selectRows } from '#ml';
import { instantText } from '#ops';

/** The prediction time of a slice. */
export function timeOf(data: Dataset): string {
  return instantText(data.predictionTime?.[0] as number);
}

/** Rows evenly spread over a data set, at most `most`. */
export function sampleRows(data: Dataset, most: number): Dataset {
  if (data.rows <= most) return data;
  return selectRows(
    data,
    Uint32Array.from({ length: most }, (_, at) => Math.floor((at * data.rows) / most)),
  );
}
