/**
 * Would the suite notice a broken prover? Each patch below takes one thing out of it that soundness rests on; the
 * table's cases, audited by that prover and run on random databases, must then show a false proof. Ends with 1 if
 * one goes unnoticed.
 *
 *     node tests/peers/audit/broken.mjs [rounds] [seed] [name]
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { build } from 'esbuild';
import { fromSources } from '../../../bench/bundled.mjs';

const root = join(import.meta.dirname, '../../..');
const [rounds = '100', seed = '1', only] = process.argv.slice(2);

/** What is taken for granted; which cases of tests/golden/audit tell; the file, from core/5-audit; from, to. */
const patches = [
  [
    'a missing availability counts as known',
    'bounds.sql',
    'plan/analysis.ts',
    'return f.or(at.isNull, this',
    'return f.and(f.not(at.isNull), this',
  ],
  [
    'a day late counts as known',
    'bounds.sql',
    'plan/analysis.ts',
    'at as ScalarTerm, -1)',
    'at as ScalarTerm, -86_400_000_001)',
  ],
  [
    'cells are known with their row',
    'values.sql',
    'plan/operators/get.ts',
    'if (move !== undefined) moves.push(move);',
    '',
  ],
  [
    'what passes a filter keeps passing it',
    'values.sql',
    'plan/moves.ts',
    "presence(move, '-', move.before, [...move.facts, changes, before, f.not(after)]),",
    '',
  ],
  [
    'what fails a filter keeps failing it',
    'values.sql',
    'plan/moves.ts',
    "presence(move, '+', move.after, [...move.facts, changes, after, f.not(before)]),",
    '',
  ],
  [
    'a limit looks at its own rows only',
    'windows.sql',
    'plan/operators/limit.ts',
    "presence(move, '+', other.columns, facts),\n        presence(move, '-', other.columns, facts),",
    '',
  ],
  [
    'the right side of EXCEPT and INTERSECT does not matter',
    'joins.sql',
    'plan/operators/set.ts',
    '[...fromLeft, ...fromRight]',
    'fromLeft',
  ],
  [
    'EXISTS does not depend on its rows',
    'joins.sql',
    'plan/operators/join-existence.ts',
    '[...leftMoves(derive, shape), ...rightMoves(derive, shape)]',
    'leftMoves(derive, shape)',
  ],
  [
    'a row of the right side matches nothing',
    'bounds.sql',
    'plan/operators/join-pairs.ts',
    'return derive.moves(shape.node.right, shape.rightScope(left.columns)).flatMap((move) => other.of(move));',
    'return other === undefined ? [] : [];',
  ],
  [
    'ASOF does not depend on its candidates',
    'joins.sql',
    'plan/operators/join-asof.ts',
    '[...fromRight, ...fromLeft]',
    'fromRight.length < 0 ? [] : fromLeft',
  ],
  [
    'window functions look at their own row only',
    'windows.sql',
    'plan/operators/window.ts',
    'return [ownMove(derive, node, move), peerMove(derive, node, scope, move, peer)];',
    'return [ownMove(derive, node, move)];',
  ],
  [
    'LEAD looks back',
    'windows.sql',
    'plan/operators/window.ts',
    "(window.function === 'lag') === offset >= 0 ? before : after",
    'before',
  ],
  [
    'LAG by a negative distance looks back',
    'windows.sql',
    'plan/operators/window.ts',
    "(window.function === 'lag') === offset >= 0 ? before : after",
    "window.function === 'lag' ? before : after",
  ],
  [
    'less than no rows before are none after',
    'windows.sql',
    'plan/operators/window.ts',
    '?? -1) >= 0;',
    '?? -1) >= -9;',
  ],
  [
    'a neighbour is found in the order of the window',
    'windows.sql',
    '../sql/plan/decode/aggregate.ts',
    'argumentOrders.length > 0 && ownOrder.has(known)',
    'argumentOrders.length > 999 && ownOrder.has(known)',
  ],
  [
    'DISTINCT ON keeps the same member',
    'windows.sql',
    'plan/operators/distinct.ts',
    "if (sign === '~' || (move.anchored.size > 0 && isSubset(reads, move.anchored))) return [swap];\n          return [swap, presence(move, sign, row, move.facts)];",
    'return [];',
  ],
  [
    'a month has 30 days',
    'bounds.sql',
    'symbolic/time.ts',
    'const shortest = (years * 365 + rest * 28) * DAY;\n  const longest = (years * 366 + rest * 31) * DAY;',
    'const shortest = (years * 365 + rest * 30) * DAY;\n  const longest = (years * 365 + rest * 30) * DAY;',
  ],
  [
    'truncation changes nothing',
    'calendar.sql',
    'symbolic/time.ts',
    'context.atMost(time, start, most - 1)',
    'context.atMost(time, start, 0)',
  ],
  [
    'every session is in UTC',
    'calendar.sql',
    'plan/moment.ts',
    'if (isZonedType(type)) return this.#instant;',
    'if (isZonedType(type)) return this.context.moment;',
  ],
  [
    'the clock is harmless',
    'calendar.sql',
    'plan/operators/volatile.ts',
    'unknown: analysis.context.f.true',
    'unknown: analysis.context.f.false',
  ],
  [
    'members beside the FILTER count for nothing, those that enter it too',
    'values.sql',
    'plan/operators/aggregate-members.ts',
    'f.and(refiltered, f.not(before), weighs(move.after)),\n      f.and(refiltered, before, f.not(after), takes(derive, aggregate, move.before)),',
    '',
  ],
  [
    'a new member never moves a maximum',
    'values.sql',
    'plan/operators/aggregate-members.ts',
    "compare(context, grows ? '>' : '<', value, rival).isTrue",
    'f.false',
  ],
  [
    'every aggregate passes over NULLs',
    'values.sql',
    'symbolic/null-arguments.ts',
    'return PASSING_OVER.has(name) || COUNTING.has(name);',
    "return name !== '';",
  ],
  [
    'every aggregate of nothing is NULL',
    'values.sql',
    'symbolic/null-arguments.ts',
    'return PASSING_OVER.has(name) || TAKING.has(name);',
    "return name !== '';",
  ],
  [
    'an element that is not kept does nothing to a list that was none',
    'lists.sql',
    'symbolic/lists.ts',
    'f.or(passes, wasNull)',
    'passes',
  ],
  [
    'a clock in a lambda does not tick',
    'lists.sql',
    'symbolic/references.ts',
    'lambda === undefined ? childrenOf(expression)',
    'lambda?.ofElement !== false ? childrenOf(expression)',
  ],
  [
    'every fold passes over NULLs and zeros',
    'lists.sql',
    'symbolic/lists.ts',
    'const counts = f.or(f.not(context.isNull(element)), wasNull);',
    'const counts = f.and(f.not(context.isNull(element)), wasNull);',
  ],
  [
    'a label sees what it likes',
    'labels.sql',
    'model/labels.ts',
    'context.atMost(term, end, 0)',
    'f.or(context.atMost(term, end, 0), f.true)',
  ],
];

let unnoticed = 0;
for (const [index, [name, cases, file, from, to]] of patches.entries()) {
  if (only !== undefined && !name.includes(only)) continue;
  const outfile = join(root, 'node_modules/.cache/churn-audit', `broken-${index}.mjs`);
  let isPatched = false;
  await build({
    ...fromSources,
    entryPoints: [join(import.meta.dirname, 'table.ts')],
    outfile,
    plugins: [
      {
        name: 'break',
        setup: ({ onLoad }) =>
          onLoad(
            { filter: new RegExp(`${posix.join('core/5-audit', file).replaceAll('.', '\\.')}$`) },
            ({ path }) => {
              const text = readFileSync(path, 'utf8');
              if (!text.includes(from)) throw new Error(`${file} has changed: \`${name}\` cannot be tried`);
              isPatched = true;
              return { contents: text.replace(from, to), loader: 'ts' };
            },
          ),
      },
    ],
  });
  if (!isPatched) throw new Error(`${file} is not part of the prover any more`);
  const run = spawnSync(
    process.execPath,
    [outfile, '--file', cases, '--rounds', rounds, '--seed', seed, '--first'],
    {
      encoding: 'utf8',
      cwd: root,
    },
  );
  if (run.status !== 0 && !run.stdout.includes('FALSE PROOF')) throw new Error(`${name}: ${run.stderr}`);
  const noticed = run.status === 1 && run.stdout.includes('FALSE PROOF');
  if (!noticed) unnoticed += 1;
  const [, where = 'no case'] = /^FALSE PROOF (.*?) \{/m.exec(run.stdout) ?? [];
  console.log(`${noticed ? 'noticed  ' : 'UNNOTICED'}  ${name}  (${where})`);
}
console.log(`${patches.length} broken provers, ${unnoticed} unnoticed`);
if (unnoticed > 0) process.exitCode = 1;
