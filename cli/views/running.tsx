import { Box, Text } from 'ink';
import { duration } from '../render/words.ts';
import type { RunningNode } from './live-model.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
/** Nodes named at once: with the bar they must fit the smallest terminal, or Ink redraws all of it. */
const shown = 8;

/** The nodes at work, oldest first, with the time each has taken. */
export function Running({ nodes, now }: { readonly nodes: readonly RunningNode[]; readonly now: number }) {
  const frame = frames[Math.floor(now / 100) % frames.length] ?? '';
  return (
    <Box flexDirection="column">
      {nodes.slice(0, shown).map((node) => (
        <Text key={node.key} wrap="truncate">
          <Text color="cyan">{frame}</Text> {node.label}{' '}
          <Text dimColor>{duration(Math.max(0, now - node.since) / 1000)}</Text>
        </Text>
      ))}
      {nodes.length > shown ? <Text dimColor> and {nodes.length - shown} more</Text> : null}
    </Box>
  );
}
