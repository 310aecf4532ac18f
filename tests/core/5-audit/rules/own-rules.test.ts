import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import labelsSayHowFar from '../../../../audits/labels_say_how_far.ts';
import namesTellWindows from '../../../../audits/names_tell_windows.ts';
import noClock from '../../../../audits/no_clock.ts';
import sourcesSayWhen from '../../../../audits/sources_say_when.ts';
import type { AuditRule } from '../../../../core/2-render/index.ts';
import { auditProject } from '../../../../core/5-audit/index.ts';
import { LineIndex } from '../../../../core/diagnostics/index.ts';
import { type TestModel, testInput } from '../support/project.ts';
import { sources } from '../support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const counted = (
  days: number,
  name: string,
) => `select s.customer_id, s.prediction_time, count(e.event_id) as ${name}
 from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
 and e.event_ts >= s.prediction_time - interval ${days} day group by all`;
const label = 'select s.customer_id, s.prediction_time, s.churned from raw.spine s';

interface Case {
  readonly rule: AuditRule;
  readonly valid: Omit<TestModel, 'pointInTime'>;
  readonly invalid: Omit<TestModel, 'pointInTime'>;
  readonly message: string;
}

const cases: readonly Case[] = [
  {
    rule: noClock,
    valid: { sql: "select customer_id, prediction_time, date '2024-01-01' as day from raw.spine" },
    invalid: { sql: 'select customer_id, prediction_time, current_date as day from raw.spine' },
    message: 'current_date() is read when the model is built, not when it predicts: use prediction_time',
  },
  {
    rule: namesTellWindows,
    valid: { sql: counted(30, 'logins_30d') },
    invalid: { sql: counted(14, 'logins_30d') },
    message: 'its name says 30 days, the proven window is 14 days',
  },
  {
    rule: labelsSayHowFar,
    valid: { sql: label, labels: { churned: '30 days' } },
    invalid: { sql: label, labels: { churned: '120 days' } },
    message: 'its horizon of 120 days is longer than 90',
  },
  {
    rule: sourcesSayWhen,
    valid: { sql: label },
    invalid: { sql: 'select customer_id, visited_at as prediction_time, pages from raw.visits' },
    message: 'raw.visits declares no primary_key',
  },
];

describe("this project's own rules", () => {
  test.each(cases)('$rule.id', async ({ rule, valid, invalid, message }) => {
    const messages = async (model: Omit<TestModel, 'pointInTime'>) => {
      const input = await testInput({ sources, models: { gold: { ...model, pointInTime } } });
      const span = new LineIndex('').span('audits/rule.ts', 0, 0);
      const report = await auditProject({ ...input, rules: [{ rule, span }] }, { witnesses: false });
      return (report.findings ?? []).map((finding) => finding.message);
    };
    expect(await messages(valid)).toEqual([]);
    expect(await messages(invalid)).toContain(message);
  });

  test.each(cases)('$rule.id is on its page', ({ rule }) => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/audit/rules.md'), 'utf8');
    expect(page).toContain(`\`${rule.id}\``);
  });
});
