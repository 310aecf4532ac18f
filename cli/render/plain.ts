import type { Renderer } from './events.ts';
import { type LineOptions, linesOf } from './lines.ts';

export type Write = (text: string) => void;

/** One line per event on stderr, data on stdout: what pipes, CI and dumb terminals get. */
export function plainRenderer(stdout: Write, stderr: Write, options: LineOptions): Renderer {
  return {
    emit: (event) => {
      if (event.type === 'data') {
        if (event.text !== '') stdout(event.text.endsWith('\n') ? event.text : `${event.text}\n`);
        return;
      }
      const lines = linesOf(event, options);
      if (lines.length > 0) stderr(`${lines.join('\n')}\n`);
    },
    close: async () => {},
  };
}
