import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Slow suites against other people's engines; the scripts in tests/peers install those and call this. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['tests/peers/**/*.peer.ts'],
    exclude: ['node_modules/**'],
    testTimeout: 60_000,
  },
});
