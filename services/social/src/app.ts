import type { App, ServiceContext } from '@satuanak/service-kit'
import type { JWK } from 'jose'
import type { PrismaClient } from './gen/prisma/client.ts'

/** What the social service's use cases are given besides the kit's app. */
export interface SocialApp extends App<PrismaClient> {
  /** The civil registry's public key: a new child's particulars are sealed under it (DESIGN §4). */
  readonly registryKey: JWK
}

export type SocialContext = ServiceContext<SocialApp>
