import type { RenderedProject } from '../../2-render/index.ts';
import { locateFiles } from './files.ts';
import { isDeclared } from './source-columns.ts';

/** The files of a source that binding asked for columns, as they were. */
export interface FilesRead {
  readonly location: string;
  /** Paths, sizes and modification times; undefined for a URL, which may give anything. */
  readonly stamp: string | undefined;
}

/** The files outside of the project that its columns depend on: those of sources that do not declare theirs. */
export function filesRead({ sources }: RenderedProject, root: string): FilesRead[] {
  const inferred = [...sources.values()].filter((source) => !isDeclared(source));
  return inferred.flatMap(({ location }) =>
    location === undefined ? [] : [{ location, stamp: locateFiles(location, root)?.stamp }],
  );
}
