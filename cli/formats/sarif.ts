import { version } from '../version.ts';
import type { Check } from './check.ts';

/** SARIF 2.1.0: what failed or warned, at its place, for code scanning. */
export function sarifFormat(checks: readonly Check[]): string {
  const found = checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'warned');
  const rules = [...new Set(found.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'churn', version, rules: rules.map((id) => ({ id })) } },
        results: found.map((check) => ({
          ruleId: check.rule,
          ruleIndex: rules.indexOf(check.rule),
          level: check.outcome === 'failed' ? 'error' : 'warning',
          message: { text: `${check.suite} ${check.name}: ${check.message || check.outcome}` },
          locations: check.at
            ? [
                {
                  physicalLocation: {
                    artifactLocation: { uri: check.at.file },
                    region: { startLine: check.at.line, startColumn: check.at.column },
                  },
                },
              ]
            : [],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
