/**
 * The first SIGINT or SIGTERM asks politely through the signal; the second ends the process at once, the
 * cursor shown again.
 *
 * @returns the signal, and a function that takes the handlers away
 */
export function watchInterrupts(onFirst: () => void): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const handle = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      if (process.stderr.isTTY) process.stderr.write('\u001b[?25h\n');
      process.removeAllListeners(name);
      process.kill(process.pid, name);
      return;
    }
    controller.abort();
    onFirst();
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    stop: () => {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
}
