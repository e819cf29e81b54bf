import { z } from 'zod'

/** Every agency that can send or receive a referral (DOMAIN §8), with or without a subgraph of its own. */
export const AGENCIES = [
  'DUKCAPIL',
  'DISDIK',
  'DINSOS',
  'BAPPERIDA',
  'KELURAHAN',
  'RPPSA',
  'DPPPA',
  'DINKES',
  'DISNAKER',
  'DISHUB',
  'SATPOLPP',
  'KEMENAG',
  'LBH',
] as const
export const AgencyCode = z.enum(AGENCIES)
export type AgencyCode = z.infer<typeof AgencyCode>

/** The four agencies that run a subgraph, and its name. The name is also the event source and the stream. */
export const SERVICES = ['civil-registry', 'education', 'social', 'coordination'] as const
export const ServiceName = z.enum(SERVICES)
export type ServiceName = z.infer<typeof ServiceName>

/** Which agency answers for a service's data: what a reader is told when that service is away. */
export const AGENCY_OF = {
  'civil-registry': 'DUKCAPIL',
  education: 'DISDIK',
  social: 'DINSOS',
  coordination: 'BAPPERIDA',
} as const satisfies Record<ServiceName, AgencyCode>
