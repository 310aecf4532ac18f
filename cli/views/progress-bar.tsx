import { Text } from 'ink';

export interface ProgressBarProps {
  readonly done: number;
  readonly total: number;
  readonly pass: number;
  readonly warn: number;
  readonly fail: number;
  readonly width: number;
}

/** `━━━━━━━━──────── 12 of 41  pass 11  warn 1  fail 0`; nothing when there is nothing to count. */
export function ProgressBar({ done, total, pass, warn, fail, width }: ProgressBarProps) {
  if (total === 0) return null;
  const cells = Math.max(8, Math.min(40, width - 44));
  const full = Math.round((cells * done) / total);
  return (
    <Text wrap="truncate">
      <Text color={fail > 0 ? 'red' : 'green'}>{'━'.repeat(full)}</Text>
      <Text dimColor>{'─'.repeat(cells - full)}</Text> {done} of {total}
      <Text color="green">{`  pass ${pass}`}</Text>
      {warn > 0 ? <Text color="yellow">{`  warn ${warn}`}</Text> : null}
      {fail > 0 ? <Text color="red">{`  fail ${fail}`}</Text> : null}
    </Text>
  );
}
