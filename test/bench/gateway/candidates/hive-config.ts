import type { DocumentNode } from 'graphql'
import { FRONT_DOOR } from '../../../../gateway/src/front-door.ts'
import { askFrontDoor } from './local-front-door.ts'
import { loadPeer } from './peers.ts'

interface Request {
  readonly document: DocumentNode
  readonly variables?: Readonly<Record<string, unknown>>
}

const LOCAL = {
  getSubgraphExecutor:
    () =>
    ({ document, variables }: Request) =>
      askFrontDoor(document, variables),
}

/** Read by Hive Gateway's command. */
export const gatewayConfig = {
  jit: process.env.HIVE_JIT === 'on',
  transportEntries: { [FRONT_DOOR]: { kind: 'local' } },
  // Whoever gives transports of their own gives all of them.
  transports: (kind: string) => (kind === 'local' ? LOCAL : loadPeer(`@graphql-mesh/transport-${kind}`)),
}
