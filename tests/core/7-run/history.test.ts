import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SnapshotConfig } from '../../../core/2-render/index.ts';
import { build, folder, graphOf, model, openIn, rows, snapshot } from './fixtures.ts';

/** A table's state: value by key, both small, so that changes, deletions and returns are frequent; null is a value. */
const state = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.option(fc.integer({ min: 0, max: 1 })), {
  maxKeys: 3,
});
const states = fc.array(state, { minLength: 2, maxLength: 4 });
type State = Readonly<Record<string, number | null>>;

function select(table: State): string {
  const values = Object.entries(table).map(([id, v]) => `('${id}', ${v}::integer)`);
  return values.length === 0
    ? 'select null::varchar as id, null::integer as v where false'
    : `select * from (values ${values.join(', ')}) t(id, v)`;
}

const instant = (step: number) => new Date(Date.UTC(2024, 0, 1 + step));

interface Version {
  readonly id: string;
  readonly v: number | null;
  readonly from: number;
  to: number | null;
  readonly deleted: boolean;
}

/** The plain meaning of a check snapshot: what dbt's documentation says, one row at a time. */
function oracle(history: readonly State[], hardDeletes: SnapshotConfig['hardDeletes']): Version[] {
  const versions: Version[] = [];
  const open = (id: string) => versions.find((version) => version.id === id && version.to === null);
  for (const [step, table] of history.entries()) {
    for (const [id, v] of Object.entries(table)) {
      const old = open(id);
      if (old !== undefined && old.v === v && !old.deleted) continue;
      if (old !== undefined) old.to = step;
      versions.push({ id, v, from: step, to: null, deleted: false });
    }
    if (hardDeletes === 'ignore') continue;
    for (const old of versions.filter(({ id, to, deleted }) => to === null && !deleted && !(id in table))) {
      old.to = step;
      if (hardDeletes === 'new_record')
        versions.push({ id: old.id, v: old.v, from: step, to: null, deleted: true });
    }
  }
  return versions;
}

describe('any history of a table', () => {
  test.each(['ignore', 'invalidate', 'new_record'] as const)(
    'check snapshot, hard deletes %s',
    async (hardDeletes) => {
      const root = folder();
      const adapter = await openIn(root);
      await fc.assert(
        fc.asyncProperty(states, async (history) => {
          await adapter.main.run('drop table if exists main_test.h');
          for (const [step, table] of history.entries()) {
            const config = {
              uniqueKey: ['id'],
              snapshot: { strategy: 'check', checkColumns: ['v'], hardDeletes } as const,
            };
            await build(adapter, root, graphOf(snapshot('h', select(table), { config })), {
              now: instant(step),
              threads: 1,
            });
          }
          const deleted = hardDeletes === 'new_record' ? "dbt_is_deleted = 'True'" : 'false';
          const step = (column: string) => `date_diff('day', timestamp '2024-01-01', ${column})`;
          const found = await rows(
            adapter,
            `select id, v, ${step('dbt_valid_from')}, ${step('dbt_valid_to')}, ${deleted} from main_test.h`,
          );
          const wanted = oracle(history, hardDeletes).map(({ id, v, from, to, deleted: gone }) => [
            id,
            v,
            from,
            to,
            gone,
          ]);
          expect(sorted(found)).toEqual(sorted(wanted));
        }),
        { numRuns: 12 },
      );
    },
  );

  test.each(['merge', 'delete+insert'] as const)('incremental by %s', async (incrementalStrategy) => {
    const root = folder();
    const adapter = await openIn(root);
    await fc.assert(
      fc.asyncProperty(states, async (history) => {
        await adapter.main.run('drop table if exists main_test.h');
        const wanted = new Map<string, number | null>();
        for (const table of history) {
          const config = { materialized: 'incremental', incrementalStrategy, uniqueKey: ['id'] } as const;
          await build(adapter, root, graphOf(model('h', select(table), { config })), { threads: 1 });
          for (const [id, v] of Object.entries(table)) wanted.set(id, v);
        }
        expect(sorted(await rows(adapter, 'select id, v from main_test.h'))).toEqual(sorted([...wanted]));
      }),
      { numRuns: 12 },
    );
  });
});

function sorted(list: readonly (readonly unknown[])[]): readonly unknown[][] {
  return list.map((row) => [...row]).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
