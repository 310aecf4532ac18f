import { describe, expect, test } from 'vitest';
import type { AuditJson, NodeResult } from '#core';
import { type Check, checksOfAudit, checksOfResults } from '../../../cli/formats/check.ts';
import { formatChecks } from '../../../cli/formats/index.ts';

const checks: readonly Check[] = [
  { suite: 'test', name: 'not_null', rule: 'test', outcome: 'passed', message: '', seconds: 0.1 },
  {
    suite: 'test',
    name: 'unique <id>',
    rule: 'CH726',
    outcome: 'failed',
    message: 'Got 2 rows,\n100% "bad"',
    seconds: 0.25,
    at: { file: 'models/a,b.yml', line: 3, column: 5 },
  },
  { suite: 'model', name: 'late', rule: 'model', outcome: 'skipped', message: 'skipped: a', seconds: 0 },
  { suite: 'test', name: 'warns', rule: 'test', outcome: 'warned', message: 'Got 1 row', seconds: 0 },
];

describe('formats for other tools', () => {
  test('json counts and lists', () => {
    expect(JSON.parse(formatChecks('json', checks))).toMatchObject({
      schema_version: 1,
      summary: { total: 4, passed: 1, warned: 1, failed: 1, skipped: 1 },
      results: [{ name: 'not_null', at: null }, { name: 'unique <id>', at: { line: 3 } }, {}, {}],
    });
  });

  test('sarif holds what failed or warned, with rule and place', () => {
    const [run] = JSON.parse(formatChecks('sarif', checks)).runs;
    expect(run.results.map(({ level }: { level: string }) => level)).toEqual(['error', 'warning']);
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'models/a,b.yml' },
      region: { startLine: 3, startColumn: 5 },
    });
    expect(run.tool.driver.rules[run.results[0].ruleIndex].id).toBe('CH726');
  });

  test('junit escapes and counts by suite', () => {
    const xml = formatChecks('junit', checks);
    expect(xml).toContain('<testsuite name="test" tests="3" failures="1" skipped="0" time="0.350">');
    expect(xml).toContain('name="unique &#60;id&#62;"');
    expect(xml).toContain('message="Got 2 rows,&#10;100% &#34;bad&#34;"');
    expect(xml).toContain('<skipped message="skipped: a"/>');
  });

  test('github escapes what its commands would read', () => {
    expect(formatChecks('github', checks).split('\n')).toEqual([
      '::error file=models/a%2Cb.yml,line=3,col=5,title=test unique <id>::Got 2 rows,%0A100%25 "bad"',
      '::warning title=test warns::Got 1 row',
      '',
    ]);
  });
});

describe('what is checked', () => {
  test('a result takes the place of its diagnostic, else its file', () => {
    const at = { offset: 0, line: 4, column: 2 };
    const span = { file: 'models/a.sql', start: at, end: at };
    const base: NodeResult = {
      uniqueId: 'model.s.a',
      kind: 'model',
      name: 'a',
      status: 'error',
      seconds: 1,
      startedAt: '',
      completedAt: '',
      thread: 0,
      diagnostics: [{ code: 'CH720', severity: 'error', message: 'no', span }],
    };
    const [told, plain] = checksOfResults(
      [base, { ...base, diagnostics: [], message: 'm' }],
      () => 'models/b.sql',
    );
    expect(told).toMatchObject({
      rule: 'CH720',
      outcome: 'failed',
      at: { file: 'models/a.sql', line: 4, column: 2 },
    });
    expect(plain).toMatchObject({ rule: 'model', message: 'm', at: { file: 'models/b.sql', line: 1 } });
  });

  test('an audit fails on refuted and unproven, and a waiver warns', () => {
    const audit = {
      schema_version: 1,
      summary: {},
      results: [
        { model: 'm', column: 'a', verdict: 'UNCHANGED', sources: [] },
        { model: 'm', column: 'b', verdict: 'REFUTED', sources: [], reason: 'late rows' },
        {
          model: 'm',
          column: 'c',
          verdict: 'UNPROVEN',
          sources: [],
          waived: { by: 'x', why: 'y', until: '2030-01-01' },
        },
      ],
    } as unknown as AuditJson;
    expect(checksOfAudit(audit).map(({ outcome, rule }) => [outcome, rule])).toEqual([
      ['passed', 'leakage/unchanged'],
      ['failed', 'leakage/refuted'],
      ['warned', 'leakage/unproven'],
    ]);
  });

  test('findings of project rules are checks of their own', () => {
    const at = { file: 'models/gold.yml', line: 4, column: 7 };
    const finding = { rule: 'no-clock', claim: 'No clock.', model: 'gold', message: 'now() is read', at };
    const summary = { models: 1, columns: 0, proved: 0, refuted: 0, unproven: 0, waived: 0, seconds: 0 };
    const audit: AuditJson = {
      schema_version: 1,
      summary: { ...summary, findings: 2 },
      results: [],
      findings: [
        { ...finding, severity: 'error', column: 'age' },
        { ...finding, severity: 'warn' },
      ],
    };
    expect(checksOfAudit(audit).map(({ name, rule, outcome }) => [name, rule, outcome])).toEqual([
      ['no-clock gold.age', 'rule/no-clock', 'failed'],
      ['no-clock gold', 'rule/no-clock', 'warned'],
    ]);
    expect(formatChecks('github', checksOfAudit(audit))).toContain(
      '::error file=models/gold.yml,line=4,col=7',
    );
  });
});
