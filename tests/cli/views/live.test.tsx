import { Writable } from 'node:stream';
import { render } from 'ink-testing-library';
import { describe, expect, test } from 'vitest';
import { painter } from '../../../cli/render/paint.ts';
import { LiveView, liveRenderer } from '../../../cli/views/live.tsx';
import { LiveModel } from '../../../cli/views/live-model.ts';
import { ProgressBar } from '../../../cli/views/progress-bar.tsx';
import { Running } from '../../../cli/views/running.tsx';

const done = (name: string, status: 'success' | 'fail' | 'skipped' = 'success') =>
  ({
    type: 'node-end',
    index: 1,
    total: 3,
    result: {
      uniqueId: name,
      kind: 'model',
      name,
      status,
      seconds: 1,
      startedAt: '',
      completedAt: '',
      thread: 0,
      diagnostics: [],
    },
  }) as const;

describe('the live view', () => {
  test('shows finished lines, running nodes and the bar', () => {
    const model = new LiveModel(80);
    model.add({ type: 'run-start', total: 3, target: 'dev', threads: 2 }, []);
    model.add({ type: 'node-start', uniqueId: 'a', name: 'a', kind: 'model', index: 1, total: 3 }, []);
    model.add({ type: 'node-start', uniqueId: 'b', name: 'b', kind: 'model', index: 2, total: 3 }, []);
    model.add(done('a', 'fail'), ['1 of 3 FAIL model a']);
    const { lastFrame, unmount } = render(<LiveView model={model} />);
    const frame = lastFrame() ?? '';
    unmount();
    expect(frame).toContain('1 of 3 FAIL model a');
    expect(frame).toContain('model b');
    expect(frame).not.toContain('⠋ model a');
    expect(frame).toContain('1 of 3');
    expect(frame).toContain('fail 1');
  });

  test('ends with the finished lines alone', () => {
    const model = new LiveModel(80);
    model.add({ type: 'run-start', total: 1, target: 'dev', threads: 1 }, ['1 node on dev, 1 thread']);
    model.add({ type: 'node-start', uniqueId: 'a', name: 'a', kind: 'model', index: 1, total: 1 }, []);
    model.stop();
    const { lastFrame, unmount } = render(<LiveView model={model} />);
    expect((lastFrame() ?? '').trim()).toBe('1 node on dev, 1 thread');
    unmount();
  });

  test('names no more than eight nodes', () => {
    const nodes = Array.from({ length: 11 }, (_, at) => ({ key: `${at}`, label: `model m${at}`, since: 0 }));
    const { lastFrame, unmount } = render(<Running nodes={nodes} now={1500} />);
    expect(lastFrame()).toContain('and 3 more');
    expect(lastFrame()).toContain('1.50s');
    unmount();
  });

  test('draws no bar for nothing, and a narrow one on a narrow terminal', () => {
    const bar = (total: number, width: number) => {
      const { lastFrame, unmount } = render(
        <ProgressBar done={1} total={total} pass={1} warn={0} fail={0} width={width} />,
      );
      const frame = lastFrame() ?? '';
      unmount();
      return frame;
    };
    expect(bar(0, 80)).toBe('');
    expect(bar(2, 30).match(/[━─]/g)).toHaveLength(8);
    expect(bar(2, 200).match(/[━─]/g)).toHaveLength(40);
  });

  test.each([
    ['in its place on the same terminal', false],
    ['at once elsewhere', true],
  ])('puts data %s', async (_, elsewhere) => {
    const drawn: string[] = [];
    const written: string[] = [];
    const terminal = new Writable({
      write: (chunk, _encoding, next) => {
        drawn.push(String(chunk));
        next();
      },
    }) as unknown as NodeJS.WriteStream;
    terminal.columns = 80;
    const options = { paint: painter(false), color: false, quiet: false, verbose: false, width: 80 };
    const renderer = liveRenderer(elsewhere ? (text) => written.push(text) : undefined, terminal, options);
    renderer.emit({ type: 'run-start', total: 1, target: 'dev', threads: 1 });
    renderer.emit({ type: 'data', text: 'the rows', records: [] });
    renderer.emit(done('a'));
    await renderer.close();
    const text = drawn.join('');
    expect(written).toEqual(elsewhere ? ['the rows\n'] : []);
    expect(text.includes('the rows')).toBe(!elsewhere);
    if (!elsewhere) expect(text.lastIndexOf('the rows')).toBeLessThan(text.lastIndexOf('model a'));
  });
});
