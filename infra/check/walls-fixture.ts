import type { Wall } from './walls.ts'

/** A source tree, path by path. */
export type Tree = Readonly<Record<string, string>>

const feature = 'services/social/src/outreach'
const nodeModule = (name: string): Tree => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', exports: './index.js' }),
  [`node_modules/${name}/index.js`]: 'export const it = 1\n',
})

/** A small house in order: every kind of room once, with every import that DESIGN §2 allows. */
export const GOOD: Tree = {
  ...nodeModule('zod'),
  ...nodeModule('graphql'),
  ...nodeModule('date-holidays'),
  ...nodeModule('@prisma/client'),
  ...nodeModule('@pothos/core'),
  'packages/contracts/src/index.ts': `import { it } from 'zod'\nexport const contracts = it\n`,
  'packages/domain-kit/src/index.ts': `import { it } from 'date-holidays'\nexport const domainKit = it\n`,
  'packages/messaging/src/index.ts': `export { contracts } from '../../contracts/src/index.ts'\n`,
  'packages/identity/src/index.ts': `export { domainKit } from '../../domain-kit/src/index.ts'\n`,
  'packages/graphql-kit/src/index.ts': `export { it } from '@pothos/core'\n`,
  'packages/offline-session/src/rules/index.ts': `export { domainKit } from '../../../domain-kit/src/index.ts'\n`,
  'packages/intake-kit/src/rows/index.ts': `export { domainKit } from '../../../domain-kit/src/index.ts'\n`,
  'packages/testkit/src/index.ts': 'export const network = 1\n',
  'services/social/src/gen/prisma/client.ts': `export { it } from '@prisma/client'\n`,
  'services/social/src/config.ts': 'export const config = 1\n',
  'services/social/src/graphql/builder.ts': `export * from '../../../../packages/graphql-kit/src/index.ts'\n`,
  'services/social/src/graphql/references.ts': `export { it } from './builder.ts'\n`,
  'services/social/src/graphql/schema.ts': `import '../outreach/graphql.ts'\nimport './references.ts'\n`,
  'services/social/src/service.ts': `import './graphql/schema.ts'\nexport const service = 1\n`,
  'services/social/src/main.ts': `import './service.ts'\nimport './config.ts'\n`,
  [`${feature}/errors.ts`]: `import { domainKit } from '../../../../packages/domain-kit/src/index.ts'\nexport const errors = domainKit\n`,
  [`${feature}/domain.ts`]: `import './errors.ts'\nimport '../../../../packages/intake-kit/src/rows/index.ts'\nimport type { contracts } from '../../../../packages/contracts/src/index.ts'\nexport type Contact = typeof contracts\n`,
  [`${feature}/repository.ts`]: `import type { Contact } from './domain.ts'\nimport '../gen/prisma/client.ts'\nexport type Row = Contact\n`,
  [`${feature}/record-contact.ts`]: `import './domain.ts'\nimport './errors.ts'\nimport './repository.ts'\nimport '../../../../packages/messaging/src/index.ts'\nimport '../../../../packages/identity/src/index.ts'\nimport '../assessment/complete-assessment.ts'\nexport const recordContact = 1\n`,
  [`${feature}/graphql.ts`]: `import '../graphql/builder.ts'\nimport './record-contact.ts'\nimport './repository.ts'\n`,
  [`${feature}/consumers.ts`]: `import './record-contact.ts'\nimport './repository.ts'\nimport '../../../../packages/messaging/src/index.ts'\n`,
  [`${feature}/record-contact.int.test.ts`]: `import './record-contact.ts'\nimport '../../../../packages/testkit/src/index.ts'\n`,
  'services/social/src/assessment/complete-assessment.ts': 'export const completeAssessment = 1\n',
  'services/social/src/assessment/repository.ts': 'export const saveAssessment = 1\n',
  'services/education/src/service.ts': 'export const service = 1\n',
  'gateway/src/service.ts': `import '../../packages/identity/src/index.ts'\n`,
  'infra/dev/start.ts': `import '../../services/social/src/service.ts'\n`,
  'test/journeys/story.int.test.ts': `import '../../packages/testkit/src/index.ts'\nimport '../../services/social/src/service.ts'\n`,
}

/** For every wall, files that go through it and through no other when laid over the good house. */
export const BREACHING: Record<Wall, Tree> = {
  'domain-is-pure': {
    [`${feature}/domain.ts`]: `import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n`,
  },
  'shared-rules-are-pure': {
    'packages/offline-session/src/rules/index.ts': `import { it } from 'zod'\nexport const rules = it\n`,
  },
  'repository-is-below-use-cases': {
    [`${feature}/record-contact.ts`]: 'export const recordContact = 1\n',
    [`${feature}/repository.ts`]: `import { recordContact } from './record-contact.ts'\nexport const rows = recordContact\n`,
  },
  'graphql-stays-at-the-door': {
    [`${feature}/close-contact.ts`]: `import type { it } from 'graphql'\nexport type Closed = typeof it\n`,
  },
  'only-repositories-speak-sql': {
    [`${feature}/consumers.ts`]: `import type { it } from '../gen/prisma/client.ts'\nexport type Row = typeof it\n`,
  },
  'resolver-never-writes': {
    [`${feature}/graphql.ts`]: `import { contracts } from '../../../../packages/messaging/src/index.ts'\nexport const emitted = contracts\n`,
  },
  'feature-by-use-case': { [`${feature}/close-contact.ts`]: `import '../assessment/repository.ts'\n` },
  'builder-knows-no-feature': {
    'services/social/src/graphql/builder.ts': `import '../assessment/complete-assessment.ts'\nexport const it = 1\n`,
  },
  'service-stands-alone': { 'services/social/src/service.ts': `import '../../education/src/service.ts'\n` },
  'gateway-knows-no-service': {
    'gateway/src/service.ts': `const social = await import('../../services/social/src/service.ts')\nexport { social }\n`,
  },
  'package-knows-no-service': {
    'packages/messaging/src/index.ts': `import '../../../services/education/src/service.ts'\n`,
  },
  'nothing-imports-infra-or-test': {
    'infra/dev/ports.ts': 'export const ports = 1\n',
    'packages/messaging/src/index.ts': `export { ports } from '../../../infra/dev/ports.ts'\n`,
  },
  'only-tests-use-testkit': { 'services/social/src/config.ts': `import '../../../packages/testkit/src/index.ts'\n` },
  'contracts-import-only-zod': {
    'packages/contracts/src/index.ts': `import '../../domain-kit/src/index.ts'\nexport const contracts = 1\n`,
  },
  'domain-kit-imports-only-holidays': {
    'packages/domain-kit/src/index.ts': `import { it } from 'zod'\nexport const domainKit = it\n`,
  },
  'nothing-imports-main': { 'infra/dev/start.ts': `import '../../services/social/src/main.ts'\n` },
  'no-circles': {
    'packages/identity/src/index.ts': `import { b } from './b.ts'\nexport const domainKit = () => b\n`,
    'packages/identity/src/b.ts': `import { domainKit } from './index.ts'\nexport const b = domainKit\n`,
  },
  'no-circles-between-packages': {
    'packages/messaging/src/index.ts': `import type { A } from '../../identity/src/index.ts'\nexport type B = A\nexport const contracts = 1\n`,
    'packages/identity/src/index.ts': `import type { B } from '../../messaging/src/index.ts'\nexport type A = B\n`,
  },
  'nothing-unresolved': { 'packages/identity/src/index.ts': `export { nobody } from './nowhere.ts'\n` },
}
