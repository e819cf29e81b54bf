import { resolve } from 'node:path'
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { print, ROOT } from './repository.ts'

/** An npm package by name, resolved or not. */
const npm = (names: string): string => `(^|node_modules/)(${names})(/|$)`

const FEATURE = '^services/([^/]+)/src/(?!gen/|graphql/)([^/]+)/'
/** Tests and what only tests use: `*.test.ts`, `test-*.ts`, `fixtures/`. */
const TEST = '(\\.test|/test-[a-z0-9-]+|/fixtures/[^/]+)\\.ts$'
const PURE = '/(domain|errors)[a-z0-9-]*\\.ts$'
/** Rules that a service shares with a client that works offline (ADR 0021); what a row and a cell of a file are (ADR 0036). */
const SHARED_RULES = '^packages/(offline-session/src/rules|intake-kit/src/rows)/'
const PURE_PACKAGES = ['^packages/(domain-kit|sop|contracts)/', SHARED_RULES]
const REPOSITORY = '/repository[a-z0-9-]*\\.ts$'
const GRAPHQL = '/graphql[a-z0-9-]*\\.ts$'
const GRAPHQL_WORLD = [
  '^services/[^/]+/src/graphql/',
  `^services/[^/]+/src/[^/]+${GRAPHQL}`,
  '^packages/graphql-kit/',
  npm('graphql|@pothos/[^/]+|@apollo/[^/]+'),
]
const SQL = ['^services/[^/]+/src/gen/', npm('@prisma/[^/]+|pg')]

/**
 * Who may import whom: DESIGN §2 as a table, one wall per row. The key is the name a breach is reported under; each
 * has its own breach in walls-fixture.ts.
 */
export const WALLS = {
  'domain-is-pure': {
    comment: 'domain.ts and errors.ts know their own feature, domain-kit, sop, contracts and shared rules; no I/O.',
    from: { path: `${FEATURE}(?=(domain|errors)[a-z0-9-]*\\.ts$)` },
    to: { pathNot: [`^services/$1/src/$2${PURE}`, ...PURE_PACKAGES] },
  },
  'shared-rules-are-pure': {
    comment: 'Rules that are shared with a client, or by services, are as pure as the domain.ts that imports them.',
    from: { path: SHARED_RULES, pathNot: TEST },
    to: { pathNot: PURE_PACKAGES },
  },
  'repository-is-below-use-cases': {
    comment: 'repository.ts turns rows into domain and back; it calls no use case and knows no GraphQL.',
    from: { path: `${FEATURE}(?=repository[a-z0-9-]*\\.ts$)` },
    to: {
      path: ['^services/', '^packages/graphql-kit/', npm('graphql|@pothos/[^/]+|@apollo/[^/]+')],
      pathNot: [`^services/$1/src/$2(${PURE}|${REPOSITORY})`, '^services/$1/src/gen/', '^services/$1/src/[^/]+\\.ts$'],
    },
  },
  'graphql-stays-at-the-door': {
    comment: 'Use cases and consumers know no GraphQL: what they say must hold for every way in.',
    from: { path: FEATURE, pathNot: [PURE, REPOSITORY, GRAPHQL, TEST] },
    to: { path: GRAPHQL_WORLD },
  },
  'only-repositories-speak-sql': {
    comment: 'Use cases and consumers load and save through the repository, never through Prisma or pg themselves.',
    from: { path: FEATURE, pathNot: [PURE, REPOSITORY, GRAPHQL, TEST] },
    to: { path: SQL },
  },
  'resolver-never-writes': {
    comment: 'graphql.ts calls one use case or a read; it neither emits nor reaches the database.',
    from: { path: `${FEATURE}(?=graphql[a-z0-9-]*\\.ts$)` },
    to: { path: ['^packages/messaging/', ...SQL] },
  },
  'feature-by-use-case': {
    comment: "A feature calls another feature's use cases; its domain, rows, resolvers and consumers are its own.",
    from: { path: FEATURE, pathNot: TEST },
    to: {
      path: '^services/$1/src/[^/]+/(domain|errors|repository|graphql|consumers)[a-z0-9-]*\\.ts$',
      pathNot: ['^services/$1/src/$2/', '^services/$1/src/graphql/'],
    },
  },
  'builder-knows-no-feature': {
    comment: 'graphql/builder.ts holds plugins and context; features import it, never the other way round.',
    from: { path: '^services/([^/]+)/src/graphql/builder\\.ts$' },
    to: { path: '^services/$1/src/[^/]+/', pathNot: '^services/$1/src/(gen|graphql)/' },
  },
  'service-stands-alone': {
    comment: 'Services meet in SDL and contracts only.',
    from: { path: '^services/([^/]+)/' },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  'gateway-knows-no-service': {
    comment: 'The gateway knows services by their committed SDL, never by their source.',
    from: { path: '^gateway/' },
    to: { path: '^services/' },
  },
  'package-knows-no-service': {
    comment: 'A kit serves every service and knows none.',
    from: { path: '^packages/' },
    to: { path: '^(services|gateway)/' },
  },
  'nothing-imports-infra-or-test': {
    comment: 'What runs in an agency does not depend on launchers, checks or journeys.',
    from: { path: '^(packages|services|gateway)/' },
    to: { path: '^(infra|test)/' },
  },
  'only-tests-use-testkit': {
    comment: 'Neither the test network nor what supports a test reaches what runs.',
    from: { path: '^(packages|services|gateway)/', pathNot: [TEST, '^packages/(testkit|local-servers)/'] },
    to: { path: ['^packages/(testkit|local-servers)/', '/test-[a-z0-9-]+\\.ts$', '/fixtures/'] },
  },
  'contracts-import-only-zod': {
    comment: 'contracts is shapes and names; whoever reads it needs nothing else.',
    from: { path: '^packages/contracts/src/', pathNot: TEST },
    to: { pathNot: ['^packages/contracts/', npm('zod')] },
  },
  'domain-kit-imports-only-holidays': {
    comment: 'domain-kit is pure: of all libraries only the holiday calendar. Its generator scripts live outside src.',
    from: { path: '^packages/domain-kit/src/', pathNot: TEST },
    to: { pathNot: ['^packages/domain-kit/', npm('date-holidays')] },
  },
  'nothing-imports-main': {
    comment: 'main.ts reads the environment and starts; whoever needs the service imports service.ts.',
    from: {},
    to: { path: '^(services/[^/]+|gateway)/src/main\\.ts$' },
  },
  'no-circles': {
    comment: 'No circles: which of the two is there first when the other one loads?',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  'no-circles-between-packages': {
    comment: 'Between packages not even types go in a circle: one of the two does not know its place.',
    from: { path: '^packages/([^/]+)/' },
    to: { circular: true, via: { pathNot: '^packages/$1/' } },
  },
  'nothing-unresolved': {
    comment: 'An import that leads nowhere would pass every other wall.',
    from: {},
    to: { couldNotResolve: true },
  },
} as const satisfies Record<string, IForbiddenRuleType>

export type Wall = keyof typeof WALLS

/** One import through a wall; paths are relative to the tree's root. */
export interface Breach {
  readonly wall: Wall
  readonly from: string
  readonly to: string
}

/**
 * Reads every import (types and dynamic ones too) of the tree at `root` and returns those that go through a wall.
 * TypeScript 7 has no parser API that dependency-cruiser can use, so swc reads the sources.
 */
export async function findBreaches(
  root: string,
  folders: readonly string[],
): Promise<{ read: number; breaches: Breach[] }> {
  const forbidden = Object.entries(WALLS).map(([name, wall]) => ({ name, severity: 'error' as const, ...wall }))
  const reply = await cruise(
    [...folders],
    {
      baseDir: resolve(root),
      parser: 'swc',
      tsPreCompilationDeps: true,
      validate: true,
      ruleSet: { forbidden: forbidden as unknown as IForbiddenRuleType[] } as never,
      doNotFollow: { path: ['node_modules', '/src/gen/'] },
      exclude: { path: ['(^|/)\\.(data|report|turbo)/', '/public/'] },
    },
    { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default'] } as never,
  )
  const { modules, summary } = reply.output as ICruiseResult
  const breaches = summary.violations.map(({ rule, from, to }) => ({ wall: rule.name as Wall, from, to }))
  return { read: modules.length, breaches }
}

/** Where the house's own sources live. */
export const FOLDERS = ['packages', 'services', 'gateway', 'infra', 'test']

if (import.meta.main) {
  const { read, breaches } = await findBreaches(ROOT, FOLDERS)
  for (const { wall, from, to } of breaches) print(`${from} → ${to}\n  ${wall}: ${WALLS[wall].comment}`)
  print(`${read} modules read, ${breaches.length} through a wall`)
  process.exitCode = breaches.length === 0 ? 0 : 1
}
