import type { App, ServiceContext } from '@satuanak/service-kit'
import type { JWK } from 'jose'
import type { PrismaClient } from './gen/prisma/client.ts'
import type { NikCustody } from './identity/nik-custody.ts'

/** What the registry's use cases are given besides the kit's app. */
export interface RegistryApp extends App<PrismaClient> {
  readonly custody: NikCustody
  /** Opens the particulars that other agencies present. */
  readonly sealingKey: JWK
}

export type RegistryContext = ServiceContext<RegistryApp>
