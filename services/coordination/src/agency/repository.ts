import { AgencyCode } from '@satuanak/contracts'
import type { PrismaClient } from '../gen/prisma/client.ts'
import { type Agency, SERVICES_OFFERED, type ServiceCode } from './domain.ts'

/** The whole directory, by code: thirteen rows that change with a migration. */
export async function findAgencies(reader: Pick<PrismaClient, 'agency'>): Promise<Agency[]> {
  const rows = await reader.agency.findMany({ orderBy: { code: 'asc' } })
  return rows.map(({ code, nameId, nameEn, services, hasSubgraph, ackDays }) => ({
    code: AgencyCode.parse(code),
    name: { id: nameId, en: nameEn },
    services: services.filter(isOffered),
    hasSubgraph,
    ackDays,
  }))
}

const isOffered = (code: string): code is ServiceCode => Object.hasOwn(SERVICES_OFFERED, code)
