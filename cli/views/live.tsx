import { Box, render, Static, Text } from 'ink';
import { useEffect, useReducer } from 'react';
import type { CliEvent, Renderer } from '../render/events.ts';
import { type LineOptions, linesOf } from '../render/lines.ts';
import type { Write } from '../render/plain.ts';
import { LiveModel } from './live-model.ts';
import { ProgressBar } from './progress-bar.tsx';
import { Running } from './running.tsx';

/** Finished lines scroll away above; below them stand the running nodes and the bar. */
export function LiveView({ model }: { readonly model: LiveModel }) {
  const [, redraw] = useReducer((version: number) => version + 1, 0);
  useEffect(() => {
    const timer = setInterval(redraw, 100);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <Static items={[...model.finished]}>{(line) => <Text key={line.id}>{line.text || ' '}</Text>}</Static>
      {model.running.length > 0 || model.total > 0 ? (
        <Box flexDirection="column">
          <Running nodes={model.running} now={Date.now()} />
          <ProgressBar {...model.tally} done={model.done} total={model.total} width={model.width} />
        </Box>
      ) : null}
    </>
  );
}

/**
 * The renderer for terminals. Progress is drawn on stderr by Ink. Data that goes to the same terminal takes its place
 * among the finished lines; data that goes elsewhere is written at once.
 *
 * @param stdout undefined when stdout is the terminal itself
 */
export function liveRenderer(
  stdout: Write | undefined,
  terminal: NodeJS.WriteStream,
  options: LineOptions,
): Renderer {
  // A terminal that does not tell its size would make Ink redraw the whole screen for every frame.
  if (!terminal.columns) terminal.columns = options.width;
  if (!terminal.rows) terminal.rows = 24;
  const model = new LiveModel(options.width);
  const app = render(<LiveView model={model} />, {
    stdout: terminal,
    stderr: terminal,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    emit: (event: CliEvent) => {
      if (event.type !== 'data') model.add(event, linesOf(event, options));
      else if (stdout === undefined)
        model.add(event, event.text === '' ? [] : event.text.trimEnd().split('\n'));
      else if (event.text !== '') stdout(event.text.endsWith('\n') ? event.text : `${event.text}\n`);
    },
    close: async () => {
      model.stop();
      app.rerender(<LiveView model={model} />);
      app.unmount();
      await app.waitUntilExit();
    },
  };
}
