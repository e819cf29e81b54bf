import { z } from 'zod'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** A child, as one agency first wrote it down: a UUIDv7 with no meaning (DESIGN §4). */
export type ChildId = Branded<'ChildId'>
export type ReferralId = Branded<'ReferralId'>
export type EventId = Branded<'EventId'>
/** Kemendagri village code with dots, `33.75.01.1001` (ID-23). */
export type KelurahanCode = Branded<'KelurahanCode'>
/** School number: 8 digits, or P/K and 7 digits (ID-13). */
export type Npsn = Branded<'Npsn'>

const uuid = z.uuid()

export const ChildId = uuid.transform((value) => value.toLowerCase() as ChildId)
export const ReferralId = uuid.transform((value) => value.toLowerCase() as ReferralId)
export const EventId = uuid.transform((value) => value.toLowerCase() as EventId)
export const KelurahanCode = z
  .string()
  .regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/)
  .transform((value) => value as KelurahanCode)
export const Npsn = z
  .string()
  .regex(/^(\d{8}|[PK]\d{7})$/)
  .transform((value) => value as Npsn)
