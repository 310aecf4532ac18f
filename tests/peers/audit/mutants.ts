/**
 * Are there false proofs among mutants of a project's own SQL? One change at a time, in any model upstream of an
 * audited one; every audited column is then run on random databases, whole and masked. A PROVED column that differs is
 * a false proof and ends with 1. A REFUTED one that differs too says that the databases have the power to tell: their
 * share is the mutation score.
 *
 *     node tests/peers/audit/run.mjs mutants --project . --mutants 500 --rounds 300 --seed 1
 *
 * @module
 */
import { parseArgs } from 'node:util';
import type { RenderedNode } from '../../../core/2-render/index.ts';
import { type AuditInput, auditProject } from '../../../core/5-audit/index.ts';
import { closureIds } from '../../../core/5-audit/model/closure-ids.ts';
import { Random } from '../../../core/5-audit/witness/random.ts';
import { compileProject } from '../../../core/pipeline.ts';
import { fuzzProofs } from '../../core/5-audit/support/fuzz.ts';
import { type Mutation, mutationsOf } from './mutations.ts';

const { values } = parseArgs({
  options: {
    project: { type: 'string', default: '.' },
    mutants: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '100000' },
    /** The least share of refuted columns that random databases must show by themselves, in per cent. */
    power: { type: 'string', default: '0' },
    /** `1/2`: the first of two processes that share the mutants. */
    part: { type: 'string', default: '1/1' },
    verbose: { type: 'boolean', default: false },
  },
});
const random = new Random(Number(values.seed));
const rounds = Number(values.rounds);
const [part = 1, parts = 1] = values.part.split('/').map(Number);
const started = performance.now();
const seconds = (): number => Math.round((performance.now() - started) / 1000);

const compiled = await compileProject({ projectDir: values.project, cache: false });
if (compiled.project === undefined || compiled.bound === undefined)
  throw new Error('the project does not compile');
const base: AuditInput = { rendered: compiled.rendered, graph: compiled.graph, bound: compiled.bound };
const isModel = (id: string): boolean => base.graph.nodes.get(id)?.kind === 'model';
/** Audited models, those that read least first. */
const audited = [...base.graph.nodes.values()]
  .filter((node): node is RenderedNode => node.kind === 'model' && node.pointInTime !== undefined)
  .map((node) => ({ node, closure: closureIds(base, node.uniqueId) }))
  .sort((a, b) => a.closure.length - b.closure.length);

interface Mutant extends Mutation {
  readonly id: string;
}

/** All mutants of all models that an audited one reads, shuffled, the kinds in turn. */
function allMutants(): Mutant[] {
  const ids = [...new Set(audited.flatMap(({ closure }) => closure))].filter(isModel);
  const all = ids.flatMap((id) =>
    mutationsOf((base.graph.nodes.get(id) as RenderedNode).sql).map((mutation) => ({ ...mutation, id })),
  );
  for (let index = all.length - 1; index > 0; index--) {
    const other = random.below(index + 1);
    [all[index], all[other]] = [all[other] as Mutant, all[index] as Mutant];
  }
  // The widest model costs ten times as much as the others, and is a join of them: a fifth of its mutants will do.
  const widest = audited.at(-1)?.node.uniqueId;
  const kept = all.filter(({ id }) => id !== widest || random.chance(20));
  const turns = new Map<string, number>();
  return kept
    .map((mutant) => {
      const turn = turns.get(mutant.kind) ?? 0;
      turns.set(mutant.kind, turn + 1);
      return { mutant, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ mutant }) => mutant);
}

const counts = {
  mutants: 0,
  unbound: 0,
  columns: 0,
  proved: 0,
  refuted: 0,
  unproven: 0,
  /** Databases on which the mutant gave rows, and prediction times compared on them. */
  databases: 0,
  moments: 0,
  falseProofs: 0,
  /** REFUTED columns that random databases show by themselves; mutants with any REFUTED column, and with any caught. */
  caughtColumns: 0,
  leakingMutants: 0,
  caughtMutants: 0,
  /** Columns that are not PROVED and differ on a random database. */
  leaks: 0,
  /** Of every fourth mutant: columns that no witness of the solver refuted and random databases do. */
  missedByWitness: 0,
};
const kinds = new Map<string, { mutants: number; leaking: number; caught: number }>();
const all = allMutants();
const chosen = all.slice(0, Number(values.mutants) * 3);
let tried = 0;
for (const [index, mutant] of chosen.entries()) {
  if (counts.mutants >= Number(values.mutants) / parts || seconds() > Number(values.seconds)) break;
  if (index % parts !== part - 1) continue;
  tried += 1;
  const node = base.graph.nodes.get(mutant.id) as RenderedNode;
  const readers = audited.filter(({ closure }) => closure.includes(mutant.id));
  const { node: target, closure } = random.chance(60)
    ? (readers[0] ?? random.pick(readers))
    : random.pick(readers);
  const nodes = new Map(closure.map((id) => [id, base.graph.nodes.get(id)] as const));
  nodes.set(mutant.id, { ...node, sql: mutant.sql });
  const input = { ...base, graph: { ...base.graph, nodes } } as AuditInput;
  const models = new Set([target.uniqueId]);
  // Looking for witnesses takes most of the time: every fourth mutant is enough to measure the databases' power.
  const witnesses = index % (4 * parts) < parts;
  const report = await auditProject(input, { models, attempts: 0, witnesses });
  if (report.results.some(({ reason }) => reason?.includes('cannot be planned'))) {
    counts.unbound += 1;
    continue;
  }
  // Its columns got other names or types: what reads it no longer binds.
  const fuzzed = await fuzzProofs(input, report, { rounds, seed: index + 1, models }).catch(() => undefined);
  if (fuzzed === undefined || fuzzed.moments === 0) {
    counts.unbound += 1;
    continue;
  }
  counts.mutants += 1;
  counts.columns += report.results.length;
  counts.proved += report.summary.proved;
  counts.refuted += report.summary.refuted;
  counts.unproven += report.summary.unproven;
  counts.databases += fuzzed.ran;
  counts.moments += fuzzed.moments;
  counts.falseProofs += fuzzed.found.length;
  const refuted = report.results.filter(({ verdict }) => verdict === 'REFUTED');
  const caught = refuted.filter(({ model, column }) => fuzzed.leaks.has(`${model}.${column}`));
  counts.caughtColumns += caught.length;
  if (witnesses) counts.missedByWitness += fuzzed.leaks.size - caught.length;
  counts.leaks += fuzzed.leaks.size;
  const isLeaking = refuted.length > 0;
  const isCaught = isLeaking && fuzzed.leaks.size > 0;
  counts.leakingMutants += Number(isLeaking);
  counts.caughtMutants += Number(isCaught);
  const kind = kinds.get(mutant.kind) ?? { mutants: 0, leaking: 0, caught: 0 };
  kinds.set(mutant.kind, {
    mutants: kind.mutants + 1,
    leaking: kind.leaking + Number(isLeaking),
    caught: kind.caught + Number(isCaught),
  });
  for (const one of fuzzed.found) {
    console.log(
      'FALSE PROOF',
      target.name,
      'after',
      mutant.kind,
      'in',
      node.name,
      JSON.stringify(one),
      '\n',
      mutant.sql,
    );
  }
  if (values.verbose) {
    const missed = refuted.filter((one) => !caught.includes(one)).map(({ column }) => column);
    const line = mutant.sql
      .slice(mutant.sql.lastIndexOf('\n', mutant.place) + 1)
      .split('\n')[0]
      ?.trim();
    console.log(
      `${seconds()} s  ${target.name} <- ${node.name}  ${mutant.kind}: ${line}  [${report.summary.proved} proved, ${report.summary.refuted} refuted, ${report.summary.unproven} unproven, ${fuzzed.ran} databases${missed.length > 0 ? `, not caught: ${missed.join(' ')}` : ''}]`,
    );
  } else if (counts.mutants % 20 === 0) console.log(`${seconds()} s`, JSON.stringify(counts));
}
compiled.bound.close();
const percent = (some: number, of: number): number => (of === 0 ? 100 : Math.round((1000 * some) / of) / 10);
const score = percent(counts.caughtColumns, counts.refuted);
console.log(
  `mutants of ${values.project}, seed ${values.seed}, ${rounds} databases each, ${all.length} possible, ${tried} tried`,
);
console.log(JSON.stringify(counts));
for (const [kind, { mutants, leaking, caught }] of [...kinds].sort()) {
  console.log(
    `  ${kind.padEnd(18)} ${mutants} mutants, ${leaking} leaking, ${caught} of these caught by random databases`,
  );
}
console.log(
  `mutation score: ${score} % of refuted columns, ${percent(counts.caughtMutants, counts.leakingMutants)} % of leaking mutants; ${seconds()} s`,
);
if (counts.falseProofs > 0 || score < Number(values.power)) process.exitCode = 1;
