import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../engine-error.ts';
import type { Endpoint } from '../endpoint.ts';

/** An answer of the server that is no failure of the way there: 2xx, or 404, which callers judge. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface HttpOptions {
  /** Tries of one request before it is given up. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled for each further one, up to ten seconds. */
  readonly firstDelay: number;
  /** Milliseconds that one request may take. */
  readonly timeout: number;
}

export const defaultHttp: HttpOptions = { attempts: 7, firstDelay: 250, timeout: 60_000 };

/** What a request came to, when it may have been carried out although no answer says so. */
export class Unanswered extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Speaks JSON over HTTP to one Livy endpoint. Its errors never hold the token. */
export class LivyHttp {
  readonly #endpoint: Endpoint;
  readonly #options: HttpOptions;

  constructor(endpoint: Endpoint, options: HttpOptions = defaultHttp) {
    this.#endpoint = endpoint;
    this.#options = options;
  }

  /** A request that may be repeated safely: retried on 429, 5xx and a lost connection. */
  async send(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
    return this.retry(() => this.once(method, path, body));
  }

  /**
   * Repeats `attempt` while it throws `Unanswered`, with doubled delays.
   *
   * @throws EngineError of kind `connection` when all tries are used up
   */
  async retry<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const { attempts, firstDelay } = this.#options;
    for (let count = 1; ; count++) {
      try {
        return await attempt();
      } catch (thrown) {
        if (!(thrown instanceof Unanswered)) throw thrown;
        if (count >= attempts) {
          const message = `${thrown.reason} (${attempts} tries)`;
          throw new EngineError({ kind: 'connection', message, fatal: true });
        }
        const told = thrown instanceof Busy ? thrown.retryAfter : undefined;
        await sleep(told ?? Math.min(firstDelay * 2 ** (count - 1), 10_000));
      }
    }
  }

  /** One request. @throws Unanswered when it may be tried again, EngineError when that would not help */
  async once(method: string, path: string, body?: object): Promise<Answer> {
    const { url, token } = this.#endpoint;
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${url}${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          'X-Requested-By': 'churn',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(this.#options.timeout),
      });
      text = await response.text();
    } catch (thrown) {
      throw new Unanswered(`${url} does not answer: ${causeOf(thrown)}`);
    }
    const { status } = response;
    if (status === 429) throw new Busy(`${url} answers 429, too many requests`, retryAfter(response));
    if (status >= 500) throw new Unanswered(`${url} answers ${status}: ${messageOf(text)}`);
    if (status === 401 || status === 403) {
      throw new EngineError({ kind: 'access', message: `${url} answers ${status}`, fatal: true });
    }
    if (status >= 400 && status !== 404) {
      throw new EngineError({
        kind: 'statement',
        message: `${url} answers ${status}: ${messageOf(text)}`,
        fatal: false,
      });
    }
    return { status, body: parse(text) };
  }
}

/** The server refused the request unread: it can be sent again as it is. */
export class Busy extends Unanswered {
  constructor(
    reason: string,
    readonly retryAfter: number | undefined,
  ) {
    super(reason);
  }
}

/** Seconds of the Retry-After header in milliseconds, half a minute at most. */
function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds, 30) * 1000 : undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function messageOf(text: string): string {
  const { msg, message } = parse(text);
  return String(msg ?? message ?? text).slice(0, 300);
}

function causeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? thrown.message;
}
