import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';
import { readTable, type TableCase } from './support/table.ts';

/** Of a leaking case of the table: the place told for it, what is written there, and why it is guilty. */
async function placesOf({ name, leaks, models }: TableCase): Promise<string[]> {
  const report = await auditProject(await testInput({ sources, models }), { witnesses: false });
  return report.results
    .filter(({ column }) => leaks.includes(column))
    .map(({ column, at, path = [], reason = '' }) => {
      const file = at?.file.match(/models\/(.*)\.sql/)?.[1] ?? '';
      const line = models[file]?.sql.split('\n')[(at?.line ?? 1) - 1] ?? '';
      const written = line.slice((at?.column ?? 1) - 1).slice(0, 60);
      const why = reason.includes(': ') ? reason.slice(reason.indexOf(': ') + 2) : '';
      return [
        `${name} (${column}): ${path.join(' <- ')}`,
        `    ${file}:${at?.line}:${at?.column}  ${written}`,
        ...(why === '' ? [] : [`    ${why}`]),
      ].join('\n');
    });
}

test('the place of a leak is the predicate that is too weak, or the read that nothing bounds', async () => {
  const told: string[] = [];
  const leaking = readTable().filter(({ clean }) => !clean);
  // A third of the kinds, and all that lie further up.
  const cases = leaking.filter(({ file }, index) => index % 3 === 0 || file === 'upstream.sql');
  for (const one of cases) told.push(...(await placesOf(one)));
  const golden = join(import.meta.dirname, '../../golden/audit-places.txt');
  await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(golden);
}, 60_000);
