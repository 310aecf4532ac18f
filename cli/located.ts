import { type FilesRead, locateFiles } from '#core';

/** Whether the files behind some locations are those that they were. */
export function areUnchanged(located: readonly FilesRead[], root: string): boolean {
  return located.every(({ location, stamp }) => locateFiles(location, root)?.stamp === stamp);
}
