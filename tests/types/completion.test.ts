// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs, written as text
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'tests/types/features');
const uri = pathToFileURL(join(folder, 'completion.ts')).href;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[] };
  readonly result?: { readonly items?: readonly { readonly label: string }[] };
}

/** TypeScript's own language server, as editors start it. */
class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, (message: Message) => void>();
  #received = Buffer.alloc(0);
  #asked = 0;

  constructor() {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    this.#process = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { cwd: folder });
    this.#process.stdout.on('data', (data: Buffer) => this.#receive(data));
  }

  ask(method: string, params: unknown): Promise<Message> {
    const id = ++this.#asked;
    const answer = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    return answer;
  }

  tell(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  stop(): void {
    this.#process.kill();
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #receive(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.subarray(0, end).toString())?.[1]);
      if (end === -1 || this.#received.length < end + 4 + length) return;
      const message = JSON.parse(this.#received.subarray(end + 4, end + 4 + length).toString()) as Message;
      this.#received = this.#received.subarray(end + 4 + length);
      const { id, method, params } = message;
      if (id === undefined) continue;
      // The server asks for settings: it gets none.
      if (method !== undefined) this.#send({ id, result: params?.items?.map(() => null) ?? null });
      else this.#answers.get(id)?.(message);
    }
  }
}

let server: LanguageServer;
let version = 0;
beforeAll(async () => {
  server = new LanguageServer();
  const capabilities = { textDocument: { completion: {} } };
  await server.ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities,
  });
  server.tell('initialized', {});
}, 60_000);
afterAll(() => server.stop());

/** What the editor offers where `|` stands in a view's features. */
const offered = (features: string): Promise<readonly string[]> =>
  offeredIn(`import { featureView, model } from '#core';
export default featureView({ name: 'completion', from: model('engagement'), spine: model('spine'),
  entity: 'customer_id', time: 'activity_date', availableAt: 'available_at',
  features: (f) => ({ ${features} }) });
`);

/** What the editor offers where `|` stands in a program. */
async function offeredIn(program: string): Promise<readonly string[]> {
  const text = program.replace('|', '');
  const at = program.slice(0, program.indexOf('|')).split('\n');
  version += 1;
  const document = { uri: uri.replace('completion', `completion${version}`) };
  server.tell('textDocument/didOpen', {
    textDocument: { ...document, languageId: 'typescript', version, text },
  });
  const position = { line: at.length - 1, character: at.at(-1)?.length ?? 0 };
  const { result } = await server.ask('textDocument/completion', { textDocument: document, position });
  return (result?.items ?? []).map(({ label }) => label).sort();
}

test('an editor with nothing but TypeScript completes columns by their type', {
  timeout: 60_000,
}, async () => {
  expect(await offered("a: f.sum('|').over('7d')")).toEqual(['customer_id', 'login_count']);
  expect(await offered("a: f.last('|').ever()")).toEqual([
    'activity_date',
    'available_at',
    'customer_id',
    'feature',
    'is_mobile',
    'login_count',
  ]);
  expect(await offered("a: f.count().knownAt('|').ever()")).toContain('available_at');
  expect(await offered("a: f.derive(f.sql`${f.spine('|')}`)")).toContain('tenure_days');
  expect(await offered('a: f.count().|')).toEqual(
    expect.arrayContaining(['over', 'within', 'ever', 'where']),
  );
});

test('it completes what a gold table takes over, and the columns that its contract lacks', {
  timeout: 60_000,
}, async () => {
  const gold = (rest: string) => `import { goldTable, model } from '#core';
export default goldTable({ spine: model('spine'), entity: 'customer_id', views: [], ${rest} });
`;
  const ofSpine = expect.arrayContaining(['cohort', 'tenure_days']);
  expect(await offeredIn(gold("keep: ['|']"))).toEqual(ofSpine);
  expect(await offeredIn(gold("keep: [], label: { column: '|', horizon: '90 days' }"))).toEqual(ofSpine);
  expect(await offeredIn(gold("keep: ['cohort'], contract: { customer_id: 'bigint', | }"))).toEqual(
    expect.arrayContaining(['cohort', 'prediction_time']),
  );
});
