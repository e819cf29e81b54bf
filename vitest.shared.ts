import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/**
 * How every package runs its tests; each package's vitest.config.ts is this. `npm test` runs two packages at once, so
 * one package takes half of the machine. The JSON report is what `npm test` counts.
 */
export default defineConfig({
  // As Node resolves: Vite would take graphql's .mjs and load it a second time beside Apollo's own.
  resolve: { mainFields: ['main'], extensions: ['.js', '.mjs', '.ts', '.json'] },
  test: {
    include: ['**/*.{unit,int,authz}.test.ts'],
    exclude: ['**/node_modules/**', '**/gen/**'],
    pool: 'forks',
    maxWorkers: Math.max(1, Math.floor(availableParallelism() / 2)),
    testTimeout: 30_000,
    hookTimeout: 90_000,
    teardownTimeout: 30_000,
    reporters: ['default', 'json'],
    // A failure in the report tells the whole list, not how long it is.
    chaiConfig: { truncateThreshold: 2_000 },
    outputFile: { json: '.report/vitest.json' },
  },
})
