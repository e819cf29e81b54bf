import { AGENCIES, type AgencyCode, ROLES, type Role, TOPICS } from '@satuanak/contracts'
import {
  accepted,
  fields,
  isBlank,
  list,
  type Notice,
  oneOf,
  type Parsed,
  parseNpsn,
  parseRegionCode,
  problem,
  REQUIRED,
  refused,
  text,
} from '@satuanak/domain-kit'
import { officesOf, reachOf } from './domain.ts'

const RULE = 'DESIGN-7'
/** Kelurahan or schools of one portal. */
const MOST_PLACES = 100

/** A NIK or KK number, also with what people put between the digits: it would lie there unencrypted (ID-09). */
export const PERSON_NUMBER = /(?<!\d)\d(?:[ ._:+-]?\d){15}(?!\d)/

export const checkName = (input: unknown) => text(input, { rule: RULE, max: 120 })

/** At least one of the topics, each once. */
export function checkTopics(input: readonly unknown[]) {
  const checked = list(input, (topic) => oneOf(topic, TOPICS, { rule: RULE }), { rule: RULE, max: TOPICS.length })
  if (!checked.ok) return checked
  return checked.value.length === 0 ? refused('', RULE, REQUIRED) : { ...checked, value: [...new Set(checked.value)] }
}

/** The name by which the gateway knows the portal's application. */
export function checkClientId(input: unknown): Parsed<string> {
  const raw = typeof input === 'string' ? input : ''
  if (isBlank(input)) return refused(raw, RULE, REQUIRED)
  if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/.test(raw) && !PERSON_NUMBER.test(raw)) return accepted(raw, raw)
  return refused('', RULE, {
    id: 'Pengenal aplikasi terdiri atas huruf, angka, titik, titik dua, garis bawah atau tanda hubung, paling banyak 80, tanpa 16 angka berurutan.',
    en: 'An application’s identifier has letters, digits, dots, colons, underscores or dashes, at most 80, without 16 digits in a row.',
  })
}

interface HearsAs {
  readonly agency: string
  readonly role: string
  readonly kelurahan: readonly string[]
  readonly schools: readonly string[]
}

/** The identity as which a portal hears, of one office and with the reach that its role needs, no other. */
export function checkHearer({ agency, role, kelurahan, schools }: HearsAs) {
  return fields(
    {
      agency: oneOf(agency, AGENCIES, { rule: 'PV-18' }),
      role: oneOf(role, ROLES, { rule: 'PV-18' }),
      kelurahan: list(kelurahan, dotted, { rule: 'TUN-R3', max: MOST_PLACES }),
      schools: list(schools, npsn, { rule: 'PV-18', max: MOST_PLACES }),
    },
    (hearer) => [...outOfOffice(hearer), ...outOfReach(hearer)],
  )
}

const dotted = (input: unknown) => {
  const read = parseRegionCode(input, { level: 'village' })
  return read.ok ? { ...read, value: read.value.dotted } : read
}
const npsn = (input: unknown) => {
  const read = parseNpsn(input)
  return read.ok ? { ...read, value: read.value.code } : read
}

function outOfOffice({ agency, role }: { agency: AgencyCode; role: Role }): Notice[] {
  const offices = officesOf(role)
  if (offices.includes(agency)) return []
  const named = offices.join(', ')
  const sentence =
    offices.length === 0
      ? {
          id: 'Portal tidak dapat memakai peran ini. Pilih peran sebuah kantor.',
          en: 'No portal has this role. Choose the role of an office.',
        }
      : {
          id: `Peran ini milik ${named}. Pilih instansi itu.`,
          en: `This role belongs to ${named}. Choose that agency.`,
        }
  return [problem('PV-18', sentence, offices.length === 0 ? 'role' : 'agency')]
}

type Reaching = { role: Role; kelurahan: readonly string[]; schools: readonly string[] }

function outOfReach({ role, ...places }: Reaching): Notice[] {
  const needed = reachOf(role)
  return (['kelurahan', 'schools'] as const).flatMap((field) => {
    const isNamed = places[field].length > 0
    if (isNamed === (field === needed)) return []
    const sentence = isNamed
      ? { id: 'Kosongkan: peran ini tidak dibatasi olehnya.', en: 'Leave this empty: it does not bound this role.' }
      : {
          id: 'Sebutkan yang mana: peran ini hanya melihat miliknya sendiri.',
          en: 'Say which: this role sees its own only.',
        }
    return [problem(field === 'kelurahan' ? 'TUN-R3' : 'PV-18', sentence, field)]
  })
}
