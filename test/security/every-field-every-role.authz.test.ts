import { randomUUID } from 'node:crypto'
import type { StandIn } from '@satuanak/civil-registry'
import { ROLES, type Role, SERVICES, type ServiceName } from '@satuanak/contracts'
import { everyFieldEveryRole } from '@satuanak/graphql-kit/testing'
import { type Caller, decide, type Facts, type Permission } from '@satuanak/identity'
import { contextOf } from '@satuanak/testkit'
import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schema as registry } from '../../services/civil-registry/src/graphql/schema.ts'
import { schema as coordination } from '../../services/coordination/src/graphql/schema.ts'
import { schema as education } from '../../services/education/src/graphql/schema.ts'
import { schema as social } from '../../services/social/src/graphql/schema.ts'
import { act } from '../src/act.ts'
import {
  KRAPYAK,
  meet,
  newAssessment,
  newBoy,
  nextNik,
  openSchools,
  PANJANG_WETAN,
  PKBM,
  SMP,
  TODAY,
} from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'
import { post } from '../src/raw.ts'

const SCHEMAS = { 'civil-registry': registry, education, social, coordination } as const satisfies Record<
  ServiceName,
  GraphQLSchema
>

/** What is true of both children, so that every rule of the permissions table can be told to hold or not to. */
const FACTS: Omit<Facts, 'level'> = {
  kelurahan: [PANJANG_WETAN],
  schools: [PKBM],
  agencies: ['DINSOS', 'DISDIK', 'DUKCAPIL', 'DINKES'],
  grants: [
    { agency: 'DISDIK', parts: ['identity', 'outreach', 'assessment'] },
    { agency: 'DUKCAPIL', parts: ['identity', 'papers', 'outreach'] },
    { agency: 'DINKES', parts: ['identity', 'ats'] },
  ],
}
const ORDINARY: Facts = { ...FACTS, level: 2 }
const PROTECTED: Facts = { ...FACTS, level: 4 }

/** Near the children, and far from them: of the same roles in another kelurahan and another school. */
const TERRITORIES = [
  { kelurahan: [PANJANG_WETAN], schools: [PKBM] },
  { kelurahan: [KRAPYAK], schools: [SMP] },
]

let house: House
const ids = { ordinary: '', protected: '', unknown: randomUUID() }

beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
  ids.ordinary = await childOfAllAgencies()
  ids.protected = await childOfAllAgencies()
  const violence = newAssessment(ids.protected, { needs: ['PROTECTION'] })
  await act(house.as('peksos'), 'completeAssessment', violence)
  await house.settle()
})
afterAll(() => house?.close())

let nisns = 0
/** Met, assessed, enrolled with its NISN and referred to three agencies; known to the registry in every respect. */
async function childOfAllAgencies(): Promise<string> {
  const childId = await childOfTheRegistry()
  const place = { requestId: randomUUID(), childId, npsn: PKBM, level: 'PAKET_A', startedOn: TODAY }
  await act(house.as('dinas-pendidikan'), 'enrolChild', place)
  const nisn = `01397${String(++nisns).padStart(5, '0')}`
  await act(house.as('dinas-pendidikan'), 'recordNisn', { requestId: randomUUID(), childId, nisn })
  const health = { requestId: randomUUID(), childId, type: 'RF-07', to: 'DINKES', reason: 'Pemeriksaan mata.' }
  await act(house.as('peksos'), 'sendReferral', health)
  await house.settle()
  return childId
}

/** Its NIK claimed by another (EC-01) and checked, SIAK corrected by its akta, a paper requested, its KTP-el looked up. */
async function childOfTheRegistry(): Promise<string> {
  const nik = nextNik()
  const boy = newBoy({ nik })
  const childId = await meet(house, { newChild: boy })
  await meet(house, { newChild: newBoy({ nik }) })
  await act(house.as('peksos'), 'completeAssessment', newAssessment(childId))
  await house.settle()
  const siak = house.service('civil-registry').app.siak.register as StandIn
  siak.put(nik, { name: 'BAGUS', sex: 'L', birthDate: boy.birthDate, birthPlace: null, motherName: boy.motherName })
  const tell = (name: string, more: object) =>
    act(house.as('dukcapil'), name, { requestId: randomUUID(), childId, ...more })
  await tell('verifyNik', {})
  await tell('correctSiakByAkta', { fields: ['NAMA'], aktaNumber: 'Akta lama 12' })
  await tell('requestPaper', { paper: 'AKTA', proof: 'SPTJM' })
  await tell('recordIrisScreening', { screenedOn: TODAY, outcome: 'TIDAK_DITEMUKAN' })
  await tell('recordKtpStatus', { code: 'UNREGISTERED' })
  return childId
}

interface Field {
  readonly type: string
  readonly name: string
  readonly path: string
  readonly inner: readonly Field[]
  /** Its object's territory is known; else the role alone decides. */
  readonly measured: boolean
}

/** Every field below `Child`, as deep as it goes; a type within itself is not asked again. */
function fieldsBelow(schema: GraphQLSchema, typeName: string, path: string, above: readonly string[]): Field[] {
  const type = schema.getType(typeName)
  if (!isObjectType(type)) return []
  const seen = [...above, typeName]
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type)
    if (seen.includes(named.name)) return []
    const here = path === '' ? field.name : `${path}.${field.name}`
    const inner = fieldsBelow(schema, named.name, here, seen)
    return [{ type: typeName, name: field.name, path: here, inner, measured: type.extensions.facts !== undefined }]
  })
}

const select = (fields: readonly Field[]): string =>
  fields.map(({ name, inner }) => (inner.length === 0 ? name : `${name} { ${select(inner)} }`)).join(' ')

interface Seen {
  readonly child: Record<string, unknown>
  /** `timeline` → code and reason, as told there. */
  readonly refusals: ReadonlyMap<string, string>
  readonly text: string
}

async function look(service: ServiceName, caller: Caller, id: string, fields: readonly Field[]): Promise<Seen> {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { ${select(fields)} } } }`
  const variables = { r: [{ __typename: 'Child', id }] }
  const headers = { authorization: `Bearer ${await house.sign(caller, service)}` }
  const { body, text } = await post(house.subgraphUrls[service], { query, variables }, headers)
  const { data, errors = [] } = body as {
    data: { _entities: [Record<string, unknown>] }
    errors?: { path: (string | number)[]; extensions: { code: string; reason?: string } }[]
  }
  const refusals = errors.map(({ path, extensions }): [string, string] => [
    path.filter((step) => typeof step === 'string' && step !== '_entities' && step !== 'nodes').join('.'),
    `${extensions.code} ${extensions.reason}`,
  ])
  return { child: data._entities[0], refusals: new Map(refusals), text: text.replaceAll(id, 'ID') }
}

/** What the permissions table says of a field; read from the table, not from the guards. */
function verdict(caller: Caller, permissions: readonly Permission[], byRole: boolean, facts: Facts | null) {
  if (!byRole) return 'ROLE'
  if (facts === null) return 'ALLOWED'
  const denied = permissions.map((permission) => decide(caller, permission, facts)).find((one) => !one.allowed)
  return denied === undefined || denied.allowed ? 'ALLOWED' : denied.reason
}

const isNothing = (value: unknown): boolean => {
  const text = JSON.stringify(value ?? null)
  return text === 'null' || text === '[]' || text.startsWith('{"nodes":[],')
}

/** The fields that came out otherwise than the table says. */
function faultsOf(service: ServiceName, role: Role, caller: Caller, facts: Facts, seen: Seen, fields: Field[]) {
  const lines = new Map(
    everyFieldEveryRole(SCHEMAS[service], [role]).map((line) => [`${line.type}.${line.field}`, line]),
  )
  const judge = (field: Field): string[] => {
    const line = lines.get(`${field.type}.${field.name}`)
    if (!line) return [`${service} ${field.path}: not in the table`]
    const expected = verdict(caller, line.permissions, line.byRole, field.measured ? facts : null)
    const told = seen.refusals.get(field.path)
    const shown = field.path.includes('.') || !isNothing(seen.child[field.name])
    if (expected === 'ALLOWED') {
      const fault = told !== undefined || !shown ? [`${service} ${field.path} as ${role}: ${told ?? 'nothing'}`] : []
      return [...fault, ...field.inner.flatMap(judge)]
    }
    const asItShould =
      expected === 'HIDDEN'
        ? told === undefined && (field.path.includes('.') || !shown)
        : told === `NOT_PERMITTED ${expected}`
    return asItShould ? [] : [`${service} ${field.path} as ${role}: ${told ?? 'shown'}, not ${expected}`]
  }
  return fields.flatMap(judge)
}

describe.for(SERVICES)('over the network, by reference, %s', (service) => {
  const fields = fieldsBelow(SCHEMAS[service], 'Child', '', [])
  const everyone = ROLES.flatMap((role) =>
    TERRITORIES.map((where) => ({ role, caller: contextOf(role, where).caller })),
  )

  test.for([
    ['ordinary', ORDINARY],
    ['protected', PROTECTED],
  ] as const)(
    'answers each role about a child that is %s as the permissions table says (PV-18)',
    async ([which, facts]) => {
      const faults: string[] = []
      for (const { role, caller } of everyone) {
        const seen = await look(service, caller, ids[which], fields)
        faults.push(...faultsOf(service, role, caller, facts, seen, fields))
      }
      expect(faults).toEqual([])
    },
  )

  test('answers about a level-4 child what it answers about nobody, to all who are not cleared (PV-14)', async () => {
    const told: string[] = []
    for (const { role, caller } of everyone) {
      const cleared = everyFieldEveryRole(SCHEMAS[service], [role]).some(
        ({ type, field, permissions, byRole }) =>
          type === 'Child' && field !== 'id' && verdict(caller, permissions, byRole, PROTECTED) === 'ALLOWED',
      )
      if (cleared) continue
      const [hidden, nobody] = [
        await look(service, caller, ids.protected, fields),
        await look(service, caller, ids.unknown, fields),
      ]
      if (hidden.text !== nobody.text) told.push(`${role}: ${hidden.text} is not ${nobody.text}`)
    }
    expect(told).toEqual([])
  })
})
