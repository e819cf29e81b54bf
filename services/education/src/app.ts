import type { NewEvent, Subscription, Tx } from '@satuanak/messaging'
import type { App, ServiceContext, TransactionClient } from '@satuanak/service-kit'
import type { JWK } from 'jose'
import type { OpdsOf } from './ats/cause/domain-reasons.ts'
import type { PrismaClient } from './gen/prisma/client.ts'

/** What the education service's use cases are given besides the kit's app. */
export interface EducationApp extends App<PrismaClient> {
  /** IANA zone of the office (EC-65). */
  readonly zone: string
  /** The civil registry's public key: a new child's particulars are sealed under it (DESIGN §4). */
  readonly registryKey: JWK
  /** Which OPD answers for which cause in this city (TUN-07). */
  readonly opdsOf: OpdsOf
  /** HMAC-SHA-256 under a key for this alone: by which something is known again that may not be kept as it is. */
  fingerprint(text: string): Uint8Array<ArrayBuffer>
}

export type EducationContext = ServiceContext<EducationApp>
/** What a repository writes with. */
export type EducationClient = TransactionClient<PrismaClient>
export type EducationTx = Tx<EducationClient>
export type EducationSubscription = Subscription<EducationClient>

/** Who says something, when, at which level and following what: the part that events of one deed share. */
export type Said = Omit<NewEvent, 'type' | 'subject' | 'data'>
