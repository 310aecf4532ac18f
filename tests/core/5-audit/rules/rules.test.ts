import { describe, expect, test } from 'vitest';
import type { ConfigValue } from '../../../../core/1-load/index.ts';
import { type AuditRule, auditRule } from '../../../../core/2-render/index.ts';
import { auditProject, blockingFindings } from '../../../../core/5-audit/index.ts';
import { LineIndex } from '../../../../core/diagnostics/index.ts';
import { testInput } from '../support/project.ts';
import { sources } from '../support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const models = {
  daily: {
    sql: "select customer_id, loaded_at, date_trunc('day', event_ts) as day,\n  upper(kind) as kind\nfrom raw.events",
  },
  gold: {
    sql: `select s.customer_id, s.prediction_time, max(s.churned) as churned, count(d.day) as n_30d
from raw.spine s left join main.daily d on d.customer_id = s.customer_id and d.loaded_at <= s.prediction_time
 and d.loaded_at > s.prediction_time - interval 7 day
group by s.customer_id, s.prediction_time`,
    pointInTime,
    labels: { churned: '30 days' },
    windows: { n_30d: '30 days' },
  },
};

async function run(rule: AuditRule, policy?: ConfigValue) {
  const input = await testInput({ sources, models, policy });
  const span = new LineIndex('').span('audits/rule.ts', 0, 0);
  return auditProject({ ...input, rules: [{ rule, span }] }, { attempts: 0, witnesses: false });
}

const document = { claim: 'It holds.', cannotSee: 'Nothing much.' };
const told = { told: ({ what }: { what: unknown }) => `saw ${JSON.stringify(what)}` };

describe('what a rule visits', () => {
  test('columns, with what was declared and what was proved', async () => {
    const rule = auditRule({
      ...document,
      id: 'columns',
      messages: told,
      visit: { column: (what, report) => report('told', { what }) },
    });
    const { findings = [], summary } = await run(rule);
    expect(findings.map(({ column }) => column)).toEqual(['churned', 'n_30d']);
    expect(findings[1]).toMatchObject({
      rule: 'columns',
      model: 'gold',
      severity: 'error',
      claim: 'It holds.',
    });
    const seen = JSON.parse(findings[1]?.message.slice(4) ?? '');
    expect(seen).toMatchObject({
      role: 'feature',
      verdict: 'PROVED',
      claimedWindow: 30,
      window: { to: 0, clock: 'loaded_at' },
    });
    expect(JSON.parse(findings[0]?.message.slice(4) ?? '')).toMatchObject({ role: 'label', horizon: 30 });
    expect(summary.findings).toBe(2);
  });

  test('models, and the sources they read', async () => {
    const rule = auditRule({
      ...document,
      id: 'all',
      severity: 'warn',
      messages: told,
      visit: {
        model: ({ name, reads, columns }, report) => report('told', { what: [name, reads, columns.length] }),
        source: ({ name, primaryKey }, report) => report('told', { what: [name, primaryKey] }),
      },
    });
    const { findings = [] } = await run(rule);
    expect(findings.map(({ message }) => message)).toEqual([
      'saw ["gold",["raw.spine","raw.events","daily"],2]',
      'saw ["raw.spine",["customer_id","prediction_time"]]',
      'saw ["raw.events",["event_id"]]',
    ]);
    expect(blockingFindings(findings)).toEqual([]);
  });

  test('calls, upstream too, with their place', async () => {
    const rule = auditRule({
      ...document,
      id: 'no-upper',
      messages: told,
      visit: { call: ({ name }, report) => name === 'upper' && report('told', { what: name }) },
    });
    const { findings = [] } = await run(rule);
    expect(findings).toMatchObject([
      { model: 'daily', at: { file: 'models/daily.sql', line: 2, column: 3 } },
    ]);
  });
});

describe('what becomes of findings', () => {
  const rule = auditRule({
    ...document,
    id: 'never',
    messages: { never: () => 'never' },
    visit: { model: (_, report) => report('never') },
  });

  test('an error stops a merge; the policy may warn, or switch the rule off', async () => {
    expect(blockingFindings((await run(rule)).findings)).toHaveLength(1);
    expect((await run(rule, { rules: { never: 'warn' } })).findings).toMatchObject([{ severity: 'warn' }]);
    expect((await run(rule, { rules: { never: 'off' } })).findings).toEqual([]);
  });

  test('a policy that names another rule is an error', async () => {
    const { diagnostics } = await run(rule, { rules: { nevr: 'off' } });
    expect(diagnostics.map(({ code, fix }) => [code, fix])).toEqual([['CH506', 'Did you mean `never`?']]);
  });

  test('a rule that throws says nothing, and fails the audit', async () => {
    const broken = auditRule({
      ...document,
      id: 'broken',
      messages: {},
      visit: {
        column: ({ window }) => {
          if ((window as { from: number }).from < 0) throw new Error('too long');
        },
      },
    });
    const { findings, diagnostics } = await run(broken);
    expect(findings).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['CH505']);
  });
});
