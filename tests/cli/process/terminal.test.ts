import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { binary, churn, environment, startChurn, temporaryFolder } from './run-churn.ts';

const folder = temporaryFolder();

/** A project whose only model runs until it is stopped. */
function endless(): string {
  const root = join(folder, 'endless');
  mkdirSync(join(root, 'models'), { recursive: true });
  writeFileSync(
    join(root, 'churn_project.yml'),
    'name: endless\nversion: "1"\nmodels:\n  +materialized: table\n',
  );
  writeFileSync(join(root, 'models/quick.sql'), 'select 1 as n');
  writeFileSync(
    join(root, 'models/slow.sql'),
    "select sum(hash(a.range + b.range)) as n from range(1000000) as a, range(10000000) as b, {{ ref('quick') }}",
  );
  return root;
}

describe('an interrupted build', () => {
  test('ends with 130, publishes nothing half done, and can go on', async () => {
    const root = endless();
    const { child, ended, says } = startChurn(root, ['build', '--verbose']);
    await says('START model slow');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping');
    expect(stderr).toContain('Interrupted in');
    const tables = churn(root, [
      'show',
      '--inline',
      "select table_name from duckdb_tables() where table_name in ('quick', 'slow')",
    ]);
    expect(tables.stdout).toContain('quick');
    expect(tables.stdout).not.toContain('slow');
  });
});

describe('a pipe', () => {
  test('that closes early is no error', () => {
    const script = `'${process.execPath}' '${binary}' completion bash | head -n 1; echo "codes \${PIPESTATUS[*]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: environment });
    expect(stderr).toBe('');
    expect(stdout).toContain('codes 0 0');
  });

  test('gets plain lines: no escape, no cursor', () => {
    const { stderr } = churn(endless(), ['build', '-s', 'quick']);
    expect(stderr).toContain('OK    model quick');
    expect(stderr).not.toContain('\u001b');
  });

  test('gets colour when FORCE_COLOR says so, and none when NO_COLOR does', () => {
    const root = endless();
    expect(churn(root, ['build', '-s', 'quick'], { FORCE_COLOR: '1' }).stderr).toContain('\u001b[32mOK');
    expect(churn(root, ['build', '-s', 'quick'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stderr).not.toContain(
      '\u001b',
    );
  });
});

/** Runs a command on a pseudo-terminal, types at it when it shows something, returns its bytes and code. */
const onTerminal = `
import fcntl, os, pty, select, struct, sys, termios, time
waits_for, types, argv = sys.argv[1], sys.argv[2], sys.argv[3:]
pid, fd = pty.fork()
if os.environ.get('SIZE') and pid:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', *[int(n) for n in os.environ['SIZE'].split('x')], 0, 0))
if pid == 0:
    os.execvp(argv[0], argv)
seen, typed, limit = b'', False, time.time() + 20
while time.time() < limit:
    if select.select([fd], [], [], 0.1)[0]:
        try:
            chunk = os.read(fd, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    if not typed and waits_for.encode() in seen:
        typed = True
        os.write(fd, types.encode().decode('unicode_escape').encode())
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(seen)
sys.stdout.buffer.write(b'\\ncode %d\\n' % (os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)))
`;

async function terminal(
  cwd: string,
  argv: readonly string[],
  waitsFor: string,
  types: string,
  env: NodeJS.ProcessEnv = {},
) {
  const child = spawn('python3', ['-c', onTerminal, waitsFor, types, process.execPath, binary, ...argv], {
    cwd,
    env: { ...environment, TERM: 'xterm-256color', ...env },
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  return text;
}

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;

describe.skipIf(!hasPython)('on a terminal', () => {
  // 0x0 is what a terminal without a size says.
  test.each(['24x80', '0x0'])('of %s Ctrl-C gives the cursor back and ends with 130', async (SIZE) => {
    const text = await terminal(endless(), ['build'], 'model slow', '\\x03', { SIZE });
    expect(text).toContain('code 130');
    const hidden = text.lastIndexOf('\u001b[?25l');
    const shown = text.lastIndexOf('\u001b[?25h');
    expect(hidden).toBeGreaterThan(-1);
    expect(shown).toBeGreaterThan(hidden);
    expect(text).toContain('OK');
  });

  test('NO_COLOR means none, from Ink neither', async () => {
    const text = await terminal(endless(), ['build', '-s', 'quick'], 'never', '', { NO_COLOR: '1' });
    expect(text).toContain('model quick');
    expect(text.split('\u001b[').filter((rest) => /^\d+m/.test(rest))).toEqual([]);
    expect(text).toContain('code 0');
  });

  test('TERM=dumb and CI get plain lines', async () => {
    for (const env of [{ TERM: 'dumb' }, { CI: 'true' }]) {
      const text = await terminal(endless(), ['build', '-s', 'quick'], 'never', '', env);
      expect(text).not.toContain('\u001b[?25l');
      expect(text).toContain('code 0');
    }
  });

  test('init asks for the name', async () => {
    const text = await terminal(folder, ['init', 'asked'], 'Name of the project', 'other\\n');
    expect(text).toContain('Project other is ready');
    expect(text).toContain('code 0');
  });
});
