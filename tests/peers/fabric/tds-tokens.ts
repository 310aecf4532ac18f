import type { TdsLogin } from './tds-server.ts';

/** Tokens of the TDS stream, as MS-TDS describes them; only what the server in this folder says and hears. */
export interface TdsColumn {
  readonly name: string;
  readonly type: 'bit' | 'bigint' | 'float' | 'text';
}

function text16(value: string): Buffer {
  return Buffer.from(value, 'utf16le');
}

function u16(value: number): Buffer {
  const made = Buffer.alloc(2);
  made.writeUInt16LE(value);
  return made;
}

function u32(value: number): Buffer {
  const made = Buffer.alloc(4);
  made.writeUInt32LE(value);
  return made;
}

/** A text after its length in characters, in one byte. */
function short(value: string): Buffer {
  return Buffer.concat([Buffer.from([value.length]), text16(value)]);
}

/** VERSION, ENCRYPTION (not supported), FEDAUTHREQUIRED. */
export function preloginAnswer(): Buffer {
  const options: readonly (readonly [number, Buffer])[] = [
    [0, Buffer.from([16, 0, 0, 0, 0, 0])],
    [1, Buffer.from([2])],
    [6, Buffer.from([1])],
  ];
  let offset = options.length * 5 + 1;
  const heads = options.map(([id, data]) => {
    const head = Buffer.alloc(5);
    head[0] = id;
    head.writeUInt16BE(offset, 1);
    head.writeUInt16BE(data.length, 3);
    offset += data.length;
    return head;
  });
  return Buffer.concat([...heads, Buffer.from([0xff]), ...options.map(([, data]) => data)]);
}

/** User, password (each byte swapped and masked) and token of a LOGIN7 message. */
export function readLogin(body: Buffer): TdsLogin {
  const field = (at: number) => {
    const start = body.readUInt16LE(at);
    return body.subarray(start, start + body.readUInt16LE(at + 2) * 2);
  };
  const password = Buffer.from(
    field(44).map((byte) => {
      const open = byte ^ 0xa5;
      return ((open & 0x0f) << 4) | (open >> 4);
    }),
  );
  const login = {
    user: field(40).toString('utf16le'),
    password: password.toString('utf16le'),
    database: field(68).toString('utf16le'),
  };
  const hasFeatures = ((body[27] ?? 0) & 0x10) !== 0;
  const token = hasFeatures ? fedAuthToken(body, body.readUInt32LE(body.readUInt16LE(56))) : undefined;
  return { ...login, ...(token === undefined ? {} : { token }) };
}

function fedAuthToken(body: Buffer, start: number): string | undefined {
  for (let at = start; at < body.length && body[at] !== 0xff; ) {
    const [id, length] = [body[at], body.readUInt32LE(at + 1)];
    // An options byte, the token's length, the token.
    if (id === 2 && length > 5)
      return body.subarray(at + 10, at + 10 + body.readUInt32LE(at + 6)).toString('utf16le');
    at += 5 + length;
  }
  return undefined;
}

/** The SQL of a batch, behind its headers. */
export function readBatch(body: Buffer): string {
  return body.subarray(body.readUInt32LE(0)).toString('utf16le');
}

export function loginAckToken(): Buffer {
  const body = Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), short('Tests'), Buffer.from([16, 0, 0, 0])]);
  return Buffer.concat([Buffer.from([0xad]), u16(body.length), body]);
}

/** The token was taken. */
export function featureAckToken(): Buffer {
  return Buffer.concat([Buffer.from([0xae, 2]), u32(0), Buffer.from([0xff])]);
}

export function errorToken(
  { number, message }: { readonly number: number; readonly message: string },
  severity: number,
): Buffer {
  const body = Buffer.concat([
    u32(number),
    Buffer.from([1, severity]),
    u16(message.length),
    text16(message),
    short('tests'),
    short(''),
    u32(1),
  ]);
  return Buffer.concat([Buffer.from([0xaa]), u16(body.length), body]);
}

export function doneToken({
  count,
  error = false,
  attention = false,
}: {
  count?: number;
  error?: boolean;
  attention?: boolean;
}): Buffer {
  const made = Buffer.alloc(13);
  made[0] = 0xfd;
  made.writeUInt16LE((error ? 2 : 0) | (count === undefined ? 0 : 0x10) | (attention ? 0x20 : 0), 1);
  made.writeBigUInt64LE(BigInt(count ?? 0), 5);
  return made;
}

/** Latin1_General_100_BIN2_UTF8, a warehouse's collation. */
const collation = Buffer.from([0x09, 0x04, 0x00, 0x26, 0x00]);

const typeInfo: Readonly<Record<TdsColumn['type'], Buffer>> = {
  bit: Buffer.from([0x68, 1]),
  bigint: Buffer.from([0x26, 8]),
  float: Buffer.from([0x6d, 8]),
  // varchar(max): its values come in chunks.
  text: Buffer.concat([Buffer.from([0xa7, 0xff, 0xff]), collation]),
};

export function rowsTokens(columns: readonly TdsColumn[], rows: readonly (readonly unknown[])[]): Buffer {
  if (columns.length === 0) return Buffer.alloc(0);
  const heads = columns.map(({ name, type }) => Buffer.concat([u32(0), u16(1), typeInfo[type], short(name)]));
  const made = [Buffer.from([0x81]), u16(columns.length), ...heads];
  for (const row of rows) {
    made.push(Buffer.from([0xd1]));
    for (const [index, { type }] of columns.entries()) made.push(cell(type, row[index]));
  }
  return Buffer.concat(made);
}

function cell(type: TdsColumn['type'], value: unknown): Buffer {
  const isNull = value === null || value === undefined;
  if (type === 'text') {
    if (isNull) return Buffer.alloc(8, 0xff);
    const bytes = Buffer.from(String(value), 'utf8');
    const total = Buffer.alloc(8);
    total.writeBigUInt64LE(BigInt(bytes.length));
    const chunk = bytes.length > 0 ? [u32(bytes.length), bytes] : [];
    return Buffer.concat([total, ...chunk, u32(0)]);
  }
  if (isNull) return Buffer.from([0]);
  if (type === 'bit') return Buffer.from([1, value === true ? 1 : 0]);
  const made = Buffer.alloc(9);
  made[0] = 8;
  if (type === 'bigint') made.writeBigInt64LE(BigInt(String(value)), 1);
  else made.writeDoubleLE(Number(value), 1);
  return made;
}
