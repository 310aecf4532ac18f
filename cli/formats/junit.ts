import type { Check } from './check.ts';

/** JUnit's XML, one suite per kind: what CI servers show as a table. */
export function junitFormat(checks: readonly Check[]): string {
  const suites = new Map<string, Check[]>();
  for (const check of checks) suites.set(check.suite, [...(suites.get(check.suite) ?? []), check]);
  const body = [...suites].map(([suite, members]) => {
    const failures = members.filter(({ outcome }) => outcome === 'failed').length;
    const skipped = members.filter(({ outcome }) => outcome === 'skipped').length;
    const time = members.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
    const head = `  <testsuite name="${xml(suite)}" tests="${members.length}" failures="${failures}" skipped="${skipped}" time="${time}">`;
    return [head, ...members.map(testCase), '  </testsuite>'].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="churn">',
    ...body,
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(check: Check): string {
  const file = check.at ? ` file="${xml(check.at.file)}"` : '';
  const open = `    <testcase classname="${xml(check.suite)}" name="${xml(check.name)}" time="${check.seconds.toFixed(3)}"${file}`;
  switch (check.outcome) {
    case 'passed':
      return `${open}/>`;
    case 'warned':
      return `${open}><system-out>warning: ${xml(check.message)}</system-out></testcase>`;
    case 'skipped':
      return `${open}><skipped message="${xml(check.message)}"/></testcase>`;
    case 'failed':
      return `${open}><failure type="${xml(check.rule)}" message="${xml(check.message)}"/></testcase>`;
  }
}

function xml(text: string): string {
  // Control characters have no place in XML 1.0, not even escaped.
  const clean = [...text].filter((char) => char >= ' ' || char === '\n' || char === '\t').join('');
  return clean.replace(/[&<>"'\n]/g, (char) => `&#${char.charCodeAt(0)};`);
}
