import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSession } from '../../../core/7-run/adapters/duckdb/session.ts';
import {
  type DuckDbSession,
  type EngineError,
  openDeltaPlace,
  publishDelta,
} from '../../../core/7-run/index.ts';
import { Azurite, account, key } from './azurite.ts';

/** Publishing to Blob storage: azurite serves it, a proxy makes it fail, delta-rs reads it. */
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'churn-blob-'));
const azurite = new Azurite();
const container = 'lake';
let instance: DuckDBInstance;
let session: DuckDbSession;

beforeAll(async () => {
  const bin = process.env.CHURN_PEER_AZURITE ?? 'azurite-blob.js';
  await azurite.start(bin, join(folder, 'azurite'));
  const credential = new StorageSharedKeyCredential(account, key);
  await new BlobServiceClient(`${azurite.url}/${account}`, credential).createContainer(container);
  instance = await DuckDBInstance.create(':memory:');
  session = await openSession(await instance.connect(), 1, []);
}, 60_000);
beforeEach(() => azurite.fail());
afterAll(() => {
  session.close();
  instance.closeSync();
  azurite.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Read {
  readonly version: number;
  readonly count: number;
  /** The smallest thousand. */
  readonly ids: readonly number[];
  readonly notes: readonly string[];
  readonly files: number;
}

async function deltaRs(table: string, ...args: readonly string[]): Promise<Read> {
  const script = join(import.meta.dirname, 'blob_table.py');
  // Of `az://container/folder/table`, delta-rs loses the folder.
  const uri = `abfss://${container}@${account}.dfs.core.windows.net/${table}`;
  const { stdout } = await promisify(execFile)(
    process.env.CHURN_PEER_PYTHON ?? 'python3',
    [script, uri, ...args],
    { env: { ...process.env, AZURITE_BLOB_STORAGE_URL: azurite.url } },
  );
  return JSON.parse(stdout) as Read;
}

const address = (path: string) => `${azurite.proxied}/${account}/${container}/${path}`;
const env = { AZURE_STORAGE_KEY: key };

async function publish(table: string, ids: readonly number[], mode: 'append' | 'overwrite', extra = '') {
  const place = await openDeltaPlace(address('a folder/é'), env, join(folder, 'scratch'));
  const columns = [
    { name: 'id', type: 'BIGINT' },
    { name: 'nöte', type: 'VARCHAR' },
  ];
  return publishDelta({
    session,
    select: `select unnest([${ids.join(', ')}])::bigint as id, 'ß' || 1 as "nöte"${extra}`,
    columns,
    store: place.store(table),
    scratch: place.scratch,
    mode,
  });
}

test('create, append and overwrite; delta-rs reads them and takes turns', async () => {
  await publish('turns', [1, 2], 'append');
  expect(await deltaRs('a folder/é/turns')).toEqual({
    version: 0,
    count: 2,
    ids: [1, 2],
    notes: ['ß1'],
    files: 1,
  });
  await publish('turns', [3], 'append');
  expect((await deltaRs('a folder/é/turns', 'append')).ids).toEqual([1, 1, 2, 2, 3, 3]);
  expect(await publish('turns', [4], 'append')).toEqual({ version: 3, rows: 1 });
  expect((await deltaRs('a folder/é/turns')).ids).toEqual([1, 1, 2, 2, 3, 3, 4]);
  await publish('turns', [9], 'overwrite');
  expect(await deltaRs('a folder/é/turns')).toEqual({
    version: 4,
    count: 1,
    ids: [9],
    notes: ['ß1'],
    files: 1,
  });
});

test('writers at once: every append arrives, checkpoints included, with one of another kind among them', async () => {
  await publish('crowd', [0], 'append');
  const ids = Array.from({ length: 12 }, (_, i) => i + 1);
  const [versions] = await Promise.all([
    Promise.all(ids.map((id) => publish('crowd', [id], 'append'))),
    deltaRs('a folder/é/crowd', 'append'),
  ]);
  expect(new Set(versions.map(({ version }) => version)).size).toBe(12);
  const { ids: read, version } = await deltaRs('a folder/é/crowd');
  expect(version).toBe(13);
  expect([...new Set(read)]).toEqual([0, ...ids]);
  // From the checkpoint on, for the next writer too.
  await publish('crowd', [99], 'append');
  expect((await deltaRs('a folder/é/crowd')).ids).toEqual([...read, 99]);
}, 120_000);

test('an overwrite that is overtaken is a conflict, and leaves no rows', async () => {
  await publish('overtaken', [1], 'append');
  const place = await openDeltaPlace(address('a folder/é'), env, join(folder, 'scratch'));
  const store = place.store('overtaken');
  const slow = {
    ...store,
    upload: async (local: string, path: string) => {
      await publish('overtaken', [2], 'append');
      return store.upload(local, path);
    },
  };
  const columns = [
    { name: 'id', type: 'BIGINT' },
    { name: 'nöte', type: 'VARCHAR' },
  ];
  const select = `select 3::bigint as id, 'x' as "nöte"`;
  const overwrite = publishDelta({
    session,
    select,
    columns,
    store: slow,
    scratch: place.scratch,
    mode: 'overwrite',
  });
  const thrown = await overwrite.catch((error: unknown) => error);
  expect((thrown as EngineError).info.kind).toBe('conflict');
  expect((await deltaRs('a folder/é/overtaken')).ids).toEqual([1, 2]);
  expect((await store.list('')).filter((name) => name.endsWith('.parquet'))).toHaveLength(2);
});

test('503, 429 and lost answers are waited out, and a commit whose answer got lost is made once', async () => {
  await publish('busy', [1], 'append');
  azurite.fail(
    { match: /comp=list/, times: 2, act: { status: 503 } },
    { match: /parquet/, times: 2, act: { status: 429, retryAfter: 0 } },
    { match: /parquet/, times: 1, act: 'lose' },
    { match: /_delta_log.*1\.json/, method: 'PUT', times: 1, act: 'lose' },
    { match: /_delta_log.*2\.json/, method: 'PUT', times: 2, act: { status: 500 } },
  );
  expect(await publish('busy', [2], 'append')).toEqual({ version: 1, rows: 1 });
  expect(await publish('busy', [3], 'append')).toEqual({ version: 2, rows: 1 });
  expect((await deltaRs('a folder/é/busy')).ids).toEqual([1, 2, 3]);
}, 60_000);

/** A project with one table, built, and the real binary to publish it. */
function project(): string {
  const cwd = mkdtempSync(join(folder, 'project-'));
  mkdirSync(join(cwd, 'models'));
  writeFileSync(
    join(cwd, 'churn_project.yml'),
    'name: tiny\nversion: "1.0"\ntarget: dev\ntargets:\n  dev: {type: duckdb, path: target/tiny.duckdb, schema: main}\nmodels: {tiny: {+materialized: table}}\n',
  );
  // Beyond one block, so that a kill can find the file half sent.
  writeFileSync(
    join(cwd, 'models/big.sql'),
    'select i::bigint as id, md5(i::varchar) || md5((i + 1)::varchar) as "nöte" from range(400000) as r(i)',
  );
  return cwd;
}

const bin = (home: string) => join(home, 'bin/churn.cjs');

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

function churn(
  cwd: string,
  args: readonly string[],
  variables: object = {},
  home = root,
): Promise<Ran> & { kill: () => void } {
  const child = spawn(process.execPath, [bin(home), ...args], { cwd, env: { ...process.env, ...variables } });
  let said = '';
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (said += data));
  const ended = new Promise<Ran>((resolve) => child.once('close', (code) => resolve({ code, said })));
  return Object.assign(ended, { kill: () => child.kill('SIGKILL') });
}

test('a writer killed in the middle of an upload leaves what was there; the next one completes', async () => {
  const cwd = project();
  expect((await churn(cwd, ['build'])).code).toBe(0);
  const to = ['publish', '-s', 'big', '--to', address('killed')];
  const first = await churn(cwd, to, env);
  expect(`${first.code} ${first.said}`).toMatch(/^0 .*version 0, 400,000 rows/s);
  const killed = churn(cwd, to, env);
  azurite.fail({ match: /comp=block&/, method: 'PUT', times: 100, act: 'stall' });
  azurite.onStall = () => killed.kill();
  expect((await killed).code).toBeNull();
  azurite.fail();
  const between = await deltaRs('killed/main.big');
  expect([between.version, between.count, between.files]).toEqual([0, 400_000, 1]);
  expect((await churn(cwd, to, env)).code).toBe(0);
  const after = await deltaRs('killed/main.big');
  expect([after.version, after.count, after.files]).toEqual([1, 400_000, 1]);
}, 120_000);

test('a bad key, no account, no such form, no package: said, with exit codes, without secrets', async () => {
  const cwd = project();
  expect((await churn(cwd, ['build'])).code).toBe(0);
  const to = (place: string) => ['publish', '-s', 'big', '--to', place];
  const wrong = Buffer.from('a key that is wrong and must not be shown').toString('base64');
  const refused = await churn(cwd, to(address('x')), { AZURE_STORAGE_KEY: wrong });
  expect([refused.code, refused.said]).toEqual([3, expect.stringContaining('CH762')]);
  expect(refused.said).not.toContain(wrong);
  const broken = await churn(cwd, to('az://lake/x'), {
    AZURE_STORAGE_CONNECTION_STRING: `AccountKey=${wrong}`,
  });
  expect([broken.code, broken.said]).toEqual([2, expect.stringContaining('CH760')]);
  expect(broken.said).not.toContain(wrong);
  const nobody = await churn(cwd, to('az://lake/x'), { AZURE_STORAGE_ACCOUNT: '' });
  expect([nobody.code, nobody.said]).toEqual([2, expect.stringContaining('names no account')]);
  const signed = await churn(cwd, to('https://a.blob.core.windows.net/lake/x?sig=hush'));
  expect([signed.code, signed.said]).toEqual([2, expect.stringContaining('CH760')]);
  expect(signed.said).not.toContain('hush');
  const elsewhere = await churn(cwd, to('s3://bucket/x'));
  expect([elsewhere.code, elsewhere.said]).toEqual([2, expect.stringContaining('CH760')]);

  // An installation without the optional packages.
  const home = join(folder, 'bare');
  for (const part of ['bin', 'dist', 'cli/templates', 'package.json'])
    cpSync(join(root, part), join(home, part), { recursive: true });
  mkdirSync(join(home, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@azure') symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name));
  const bare = await churn(cwd, to(address('x')), env, home);
  expect([bare.code, bare.said]).toEqual([2, expect.stringContaining('npm install @azure/storage-blob')]);
}, 120_000);
