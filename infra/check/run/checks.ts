/** A check of the whole tree: one command, which says by its exit code whether all is well. */
export interface StaticCheck {
  readonly name: string
  readonly command: readonly string[]
  /** What to do when it fails. */
  readonly remedy: string
}

const node = (...args: string[]): string[] => [process.execPath, ...args]
const REGENERATE = 'Run `npm run generate` and commit what it writes.'

/** Everything that can be checked without running a test; two run at a time, in this order. */
export const STATIC_CHECKS: readonly StaticCheck[] = [
  {
    name: 'format and lint',
    command: [
      'biome',
      'ci',
      '--colors=off',
      '--diagnostic-level=warn',
      '--error-on-warnings',
      '--max-diagnostics=20',
      '.',
    ],
    remedy: '`npm run format` mends what can be mended without thinking.',
  },
  {
    name: 'walls',
    command: node('infra/check/walls.ts'),
    remedy: 'DESIGN §2 and infra/check/walls.ts say who may import whom.',
  },
  {
    name: 'dead code',
    command: ['knip', '--no-progress', '--no-config-hints'],
    remedy: 'Remove it, or use it.',
  },
  {
    name: 'drift: platform migrations',
    command: node('infra/check/platform-migration.ts', '--check'),
    remedy: REGENERATE,
  },
  { name: 'drift: SDL of the services', command: node('infra/check/sdl.ts', '--check'), remedy: REGENERATE },
  { name: 'drift: supergraph', command: node('gateway/compose.ts', '--check'), remedy: REGENERATE },
  { name: 'drift: trusted documents', command: node('gateway/trust.ts', '--check'), remedy: REGENERATE },
]
