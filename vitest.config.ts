import { defineConfig } from 'vitest/config';

/** Tests run on the sources: `#core`, `#ml` and `#ops` resolve to TypeScript by the `churn-source` condition. */
export default defineConfig({
  resolve: { conditions: ['churn-source'] },
  ssr: { resolve: { conditions: ['churn-source'] } },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/peers/**', 'node_modules/**'],
    // vitest leaves one core to itself, which on two cores means one test file at a time: twice the time for nothing.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
