import { type Host, isLive, wantsColor, widthOf } from '../host.ts';
import type { CliEvent, Renderer } from './events.ts';
import { jsonLogRenderer, jsonRenderer } from './json.ts';
import type { LineOptions } from './lines.ts';
import { painter } from './paint.ts';
import { plainRenderer, type Write } from './plain.ts';

export interface RenderFlags {
  readonly json: boolean;
  readonly logFormat?: 'text' | 'json';
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly noColor: boolean;
}

/** One of the three renderers: JSON when asked for, live on a terminal, plain lines otherwise. */
export function chooseRenderer(host: Host, flags: RenderFlags): Renderer {
  const stdout = quietWriter(host.stdout);
  const stderr = quietWriter(host.stderr);
  if (flags.json) return jsonRenderer(stdout);
  if (flags.logFormat === 'json') return jsonLogRenderer(stdout, stderr);
  const color = wantsColor(host, flags.noColor);
  const options: LineOptions = {
    paint: painter(color),
    color,
    quiet: flags.quiet,
    verbose: flags.verbose,
    width: widthOf(host),
  };
  const plain = plainRenderer(stdout, stderr, options);
  if (flags.quiet || !isLive(host)) return plain;
  return liveOnDemand(plain, async () => {
    // Ink's colour library decides once, when it is loaded.
    if (!color) host.env.FORCE_COLOR = '0';
    const { liveRenderer } = await import('../views/live.tsx');
    return liveRenderer(host.stdout.isTTY === true ? undefined : stdout, host.stderr, options);
  });
}

/** Plain until the first event of a run or of a chain of steps: only those are worth loading Ink for. */
function liveOnDemand(plain: Renderer, load: () => Promise<Renderer>): Renderer {
  let live: Renderer | undefined;
  let loading: Promise<void> | undefined;
  const waiting: CliEvent[] = [];
  return {
    emit: (event) => {
      if (live !== undefined) return live.emit(event);
      if (loading === undefined && event.type !== 'run-start' && event.type !== 'step-start') {
        return plain.emit(event);
      }
      waiting.push(event);
      loading ??= load().then((loaded) => {
        live = loaded;
        for (const held of waiting.splice(0)) loaded.emit(held);
      });
    },
    close: async () => {
      await loading;
      await live?.close();
    },
  };
}

/** What writing to a closed pipe, stream or terminal says. */
const goneCodes: ReadonlySet<string> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO']);

/** A reader that has gone (`| head`) is no error of ours: nothing more is written. */
function quietWriter(stream: NodeJS.WriteStream): Write {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!goneCodes.has(error.code ?? '')) throw error;
    gone = true;
  });
  return (text) => {
    if (!gone && !stream.destroyed) stream.write(text);
  };
}
