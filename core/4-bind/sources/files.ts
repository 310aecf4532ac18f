import { statSync } from 'node:fs';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { absoluteLocation, isUrl } from './reader.ts';

/** The files behind a location and what tells whether they changed; undefined for URLs. */
export interface LocatedFiles {
  readonly count: number;
  /** Paths, sizes and times of change as one text. */
  readonly stamp: string;
}

export function locateFiles(location: string, root: string): LocatedFiles | undefined {
  if (isUrl(location)) return undefined;
  const absolute = absoluteLocation(location, root);
  const paths = isDynamicPattern(absolute)
    ? globSync(absolute, { absolute: true, dot: true, expandDirectories: false }).sort()
    : [absolute];
  const stamps = paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? [`${path} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`] : [];
  });
  return { count: stamps.length, stamp: stamps.join('\n') };
}
