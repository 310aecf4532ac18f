/**
 * A meeting point of threads over three words of shared memory: arrived, generation, waiting. Spins first (a
 * futex costs some 40 microseconds, a spin 0.3), then sleeps.
 */
export interface Barrier {
  wait(): void;
}

/**
 * How long to spin follows from how long spinning took to help: where there are fewer free cores than threads, the one
 * waited for may be waiting for this one's core.
 */
const mostSpins = 20_000;
const fewestSpins = 100;

/**
 * @param words at least 48 Int32: three words in lines of their own
 * @param failed word that is set when a thread has died: waiting ends with an error
 */
export function barrier(words: Int32Array, threads: number, failed: Int32Array): Barrier {
  if (threads === 1) return { wait() {} };
  const arrived = 0;
  const generation = 16;
  const waiting = 32;
  let spins = mostSpins;
  return {
    wait() {
      const mine = Atomics.load(words, generation);
      if (Atomics.add(words, arrived, 1) === threads - 1) {
        Atomics.store(words, arrived, 0);
        Atomics.store(words, generation, mine + 1);
        if (Atomics.load(words, waiting) > 0) Atomics.notify(words, generation);
        return;
      }
      let spun = 0;
      while (Atomics.load(words, generation) === mine) {
        if (++spun <= spins) continue;
        if (Atomics.load(failed, 0) !== 0) throw new Error('another worker failed');
        Atomics.add(words, waiting, 1);
        Atomics.wait(words, generation, mine, 200);
        Atomics.sub(words, waiting, 1);
      }
      spins = spun > spins ? Math.max(fewestSpins, spins >> 1) : Math.min(mostSpins, spins + (spins >> 3));
    },
  };
}
