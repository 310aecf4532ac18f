import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The emulator's account and key, known to everybody. */
export const account = 'devstoreaccount1';
export const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** What befalls the next requests whose method and address match. */
export interface BlobFault {
  readonly match: RegExp;
  readonly method?: string;
  times: number;
  /** An answer in the service's place; `lose`: the service acts and its answer is cut off; `stall`: nothing ever comes back. */
  readonly act: { readonly status: number; readonly retryAfter?: number } | 'lose' | 'stall';
}

/** Azurite as a process of its own, and a proxy before it that fails as asked. */
export class Azurite {
  #process: ChildProcess | undefined;
  #proxy: Server | undefined;
  #faults: BlobFault[] = [];
  /** Called when a request stalls. */
  onStall = () => {};
  /** The emulator itself. */
  url = '';
  /** By way of the proxy. */
  proxied = '';
  requests = 0;

  async start(bin: string, folder: string): Promise<void> {
    const port = await freePort();
    const options = ['--blobPort', String(port), '--location', folder, '--silent', '--skipApiVersionCheck'];
    this.#process = spawn(process.execPath, [bin, ...options, '--disableTelemetry'], { stdio: 'ignore' });
    await listening(port);
    this.url = `http://127.0.0.1:${port}`;
    const proxy = createServer((incoming, outgoing) => {
      this.requests++;
      const { method = 'GET', url = '' } = incoming;
      const fault = this.#faults.find(
        (one) =>
          one.times > 0 && one.match.test(decodeURIComponent(url)) && (one.method ?? method) === method,
      );
      if (fault !== undefined) fault.times--;
      const act = fault?.act;
      if (act === 'stall') return this.onStall();
      if (typeof act === 'object') {
        incoming.resume();
        const after = act.retryAfter === undefined ? {} : { 'Retry-After': String(act.retryAfter) };
        outgoing.writeHead(act.status, { 'x-ms-error-code': 'ServerBusy', ...after });
        return outgoing.end();
      }
      // Keep-alive is between client and proxy only.
      const forward = request(`${this.url}${url}`, { method, headers: incoming.headers }, (answer) => {
        if (act === 'lose') {
          answer.resume();
          return answer.once('end', () => outgoing.destroy());
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        return answer.pipe(outgoing);
      });
      forward.on('error', () => outgoing.destroy());
      return incoming.pipe(forward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    this.#proxy = proxy;
    this.proxied = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  }

  fail(...faults: readonly BlobFault[]): void {
    this.#faults = [...faults];
  }

  stop(): void {
    this.#proxy?.closeAllConnections();
    this.#proxy?.close();
    this.#process?.kill('SIGKILL');
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(100);
  }
  throw new Error('azurite did not start');
}
