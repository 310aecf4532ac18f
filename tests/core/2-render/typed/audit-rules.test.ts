import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadProject } from '../../../../core/1-load/index.ts';
import { loadAuditRules } from '../../../../core/2-render/index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function load(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'churn-rules-'));
  folders.push(folder);
  for (const [path, text] of Object.entries({
    'churn_project.yml': 'name: shop\nvars: {days: 7}\n',
    ...files,
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { project } = await loadProject({ projectDir: folder, cache: false });
  if (project === undefined) throw new Error('the project file is broken');
  const { rules, diagnostics } = loadAuditRules(project);
  return { rules, told: diagnostics.map(({ code, message, span }) => `${code} ${span?.file} ${message}`) };
}

const rule = (body: string) =>
  `import { auditRule, projectVar } from '#core';\n\nexport default auditRule(${body});\n`;
const sound = (id: string) =>
  `{ id: '${id}', claim: 'c', cannotSee: 's', messages: { no: () => 'no' }, visit: { model: (_, report) => report('no') } }`;

describe('audits/*.ts', () => {
  test('each file is a rule, in the order of the files, with its place', async () => {
    const { rules, told } = await load({
      'audits/b.ts': rule(sound('second')),
      'audits/a.ts': rule(sound('first')),
      'features/helpers.ts': 'export const nothing = 1;\n',
    });
    expect(told).toEqual([]);
    expect(
      rules.map(({ rule: { id, severity }, span }) => [id, severity, span.file, span.start.line]),
    ).toEqual([
      ['first', 'error', 'audits/a.ts', 3],
      ['second', 'error', 'audits/b.ts', 3],
    ]);
  });

  test.each([
    ['export default { id: 1 };\n', 'CH258', 'its default export is no `auditRule({...})`'],
    ['export default nothing.here;\n', 'CH250', 'cannot be evaluated'],
    [
      rule("{ ...{}, id: 'No Clock', claim: 'c', cannotSee: 's', messages: {}, visit: {} }"),
      'CH258',
      'its id `No Clock` is not',
    ],
    [
      rule("{ id: 'a', claim: ' ', cannotSee: 's', messages: {}, visit: {} }"),
      'CH258',
      '`claim` says nothing',
    ],
    [rule("{ id: 'a', claim: 'c', cannotSee: 's', messages: {}, visit: {} }"), 'CH258', 'it visits nothing'],
    [
      rule("{ id: 'a', claim: 'c', cannotSee: 's', messages: {}, visit: { colum: () => {} } }"),
      'CH258',
      'nothing to visit called `colum`',
    ],
  ])('refuses %j', async (text, code, part) => {
    const { rules, told } = await load({ 'audits/broken.ts': text });
    expect(rules).toEqual([]);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`${code} audits/broken.ts`);
    expect(told[0]).toContain(part);
  });

  test('refuses a second rule of one id', async () => {
    const { told } = await load({ 'audits/a.ts': rule(sound('same')), 'audits/b.ts': rule(sound('same')) });
    expect(told).toEqual([
      'CH258 audits/b.ts `audits/b.ts` is no audit rule: the id `same` is that of audits/a.ts too',
    ]);
  });
});
