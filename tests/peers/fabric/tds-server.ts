import { createServer, type Server, type Socket } from 'node:net';
import {
  doneToken,
  errorToken,
  featureAckToken,
  loginAckToken,
  preloginAnswer,
  readBatch,
  readLogin,
  rowsTokens,
  type TdsColumn,
} from './tds-tokens.ts';

/** What a batch comes to: results, an error of the server, or a connection that breaks before it is told. */
export type TdsReply =
  | {
      readonly columns?: readonly TdsColumn[];
      readonly rows?: readonly (readonly unknown[])[];
      readonly count?: number;
    }
  | { readonly error: { readonly number: number; readonly message: string } }
  | 'drop';

export interface TdsLogin {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly token?: string;
}

/** One login of a client: carries out its batches. */
export interface TdsSession {
  readonly batch: (sql: string) => Promise<TdsReply>;
  /** The client wants the running batch to end. */
  readonly attention: () => void;
  readonly closed: () => void;
}

/** Lets a client in, or answers why not. */
export type TdsWelcome = (
  login: TdsLogin,
) => Promise<TdsSession | { readonly error: { readonly number: number; readonly message: string } } | 'drop'>;

const packet = { batch: 1, login: 16, attention: 6, prelogin: 18, answer: 4 } as const;

/**
 * The server's side of TDS 7.4, as far as the adapter needs it: prelogin without encryption, login by password or by
 * Entra token, SQL batches, attention. It knows nothing of SQL. tests/peers/fabric/warehouse.ts stands behind it.
 */
export class TdsServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(welcome: TdsWelcome) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      serve(socket, welcome);
    });
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  /** Breaks every connection, as a restart of the server does. */
  breakAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.breakAll();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function serve(socket: Socket, welcome: TdsWelcome): void {
  let buffered = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let session: TdsSession | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let busy = false;
  const answer = (tokens: Buffer) => socket.write(packets(tokens));
  const message = async (type: number, body: Buffer): Promise<void> => {
    if (type === packet.prelogin) answer(preloginAnswer());
    else if (type === packet.login) {
      const login = readLogin(body);
      const made = await welcome(login);
      if (made === 'drop') socket.destroy();
      else if ('error' in made)
        answer(Buffer.concat([errorToken(made.error, 14), doneToken({ error: true })]));
      else {
        session = made;
        const ack = login.token === undefined ? [] : [featureAckToken()];
        answer(Buffer.concat([loginAckToken(), ...ack, doneToken({})]));
      }
    } else if (type === packet.batch) {
      stopped = false;
      busy = true;
      const reply = await (session?.batch(readBatch(body)) ?? Promise.resolve('drop' as const));
      busy = false;
      if (reply === 'drop') socket.destroy();
      else if (stopped) {
        // What the batch has said so far, then that the attention was heard.
        answer(doneToken({ error: true }));
        answer(doneToken({ attention: true }));
      } else if ('error' in reply)
        answer(Buffer.concat([errorToken(reply.error, 16), doneToken({ error: true })]));
      else
        answer(
          Buffer.concat([
            rowsTokens(reply.columns ?? [], reply.rows ?? []),
            doneToken({ count: reply.count ?? reply.rows?.length }),
          ]),
        );
    }
  };
  socket.on('error', () => undefined);
  socket.on('close', () => session?.closed());
  socket.on('data', (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 8) {
      const length = buffered.readUInt16BE(2);
      if (buffered.length < length) break;
      const [type, status] = [buffered[0] ?? 0, buffered[1] ?? 0];
      parts.push(buffered.subarray(8, length));
      buffered = buffered.subarray(length);
      if (type === packet.attention) {
        parts = [];
        // A batch that runs answers for itself; one that has just ended does not.
        if (busy) {
          stopped = true;
          session?.attention();
        } else answer(doneToken({ attention: true }));
        continue;
      }
      if ((status & 1) === 0) continue;
      const body = Buffer.concat(parts);
      parts = [];
      running = running.then(() => message(type, body).catch(() => void socket.destroy()));
    }
  });
}

function packets(tokens: Buffer): Buffer {
  const size = 4088;
  const made: Buffer[] = [];
  for (let at = 0, id = 1; at < tokens.length || at === 0; at += size, id++) {
    const body = tokens.subarray(at, at + size);
    const head = Buffer.alloc(8);
    head[0] = packet.answer;
    head[1] = at + size >= tokens.length ? 1 : 0;
    head.writeUInt16BE(body.length + 8, 2);
    head[6] = id & 0xff;
    made.push(head, body);
  }
  return Buffer.concat(made);
}
