import type { OfficeCalendar } from '@satuanak/domain-kit/clocks'
import type { Tx } from '@satuanak/messaging'
import type { SigningKey } from '@satuanak/offline-session/server'
import type { App, ServiceContext, TransactionClient } from '@satuanak/service-kit'
import type { JWK } from 'jose'
import type { PrismaClient } from './gen/prisma/client.ts'
import type { NikCustody } from './identity/nik-custody.ts'
import type { Siak } from './siak/port.ts'

/** What the registry's use cases are given besides the kit's app. */
export interface RegistryApp extends App<PrismaClient> {
  readonly custody: NikCustody
  /** Opens the particulars that other agencies present. */
  readonly sealingKey: JWK
  /** The national register, and how many questions it takes in one local day. */
  readonly siak: { readonly register: Siak; readonly dailyQuota: number }
  /** Signs what leaves the house to be worked on without a network (ADR 0021). */
  readonly bundleKey: SigningKey
  /** HMAC-SHA-256 under a key for this alone: by which something is known again that may not be kept as it is. */
  fingerprint(text: string): Uint8Array<ArrayBuffer>
  /** IANA zone of the office (EC-65). */
  readonly zone: string
  /** Its office hours and working days (ID-29). */
  readonly calendar: OfficeCalendar
  /** Below so many cards an item of card stock is running low (BLG-R5). */
  readonly stockMark: number
}

export type RegistryContext = ServiceContext<RegistryApp>
/** What a repository writes with. */
export type RegistryClient = TransactionClient<PrismaClient>
export type RegistryTx = Tx<RegistryClient>
