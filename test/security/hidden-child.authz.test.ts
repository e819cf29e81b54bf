import { randomUUID } from 'node:crypto'
import { PERSONAS, type PersonaId } from '@satuanak/demo-city'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mutation } from '../src/act.ts'
import { meetAndAssess, openSchools, PANJANG_WETAN, PKBM, TODAY } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'
import { post } from '../src/raw.ts'

let house: House
let hidden: string
let ordinary: string
/** The out-of-school record that the hidden child's assessment opened. */
let record: string

beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
  ordinary = await meetAndAssess(house)
  hidden = await meetAndAssess(house, { needs: ['PROTECTION', 'EDUCATION', 'IDENTITY'] })
  const query = 'query ($id: UUID!) { child(id: $id) { ats { id } } }'
  const seen = await house.as('peksos').ok<{ child: { ats: { id: string } } }>(query, { id: hidden })
  record = seen.child.ats.id
})
afterAll(() => house?.close())

async function send(as: PersonaId, request: object): Promise<string> {
  const authorization = `Bearer ${await house.token(as)}`
  return (await post(`${house.gatewayUrl}/graphql`, request, { authorization })).text
}

const EVERYONE = Object.keys(PERSONAS) as PersonaId[]
const SOCIAL: readonly PersonaId[] = ['petugas-sosial', 'peksos', 'kasi-sosial']

/** Each list that could name the child, and who is cleared to find it there (PV-14). */
const LISTS = {
  'searchChildren(name: "Bagas", first: 100) { nodes { id } }': ['dukcapil'],
  'childrenWithoutPapers(missing: NIK, first: 100) { nodes { id } }': ['dukcapil', ...SOCIAL],
  'streetContacts(first: 100) { nodes { child { id } } }': SOCIAL,
  'atsRecords(first: 100) { nodes { child { id } } }': SOCIAL,
} as const satisfies Record<string, readonly PersonaId[]>

describe.for(Object.entries(LISTS))(
  'a level-4 child stands in %s',
  ([list, cleared]: [string, readonly PersonaId[]]) => {
    test.for(EVERYONE)('for %s only as far as cleared', async (persona) => {
      const answer = await send(persona, { query: `{ ${list} }` })
      expect(answer.includes(hidden)).toBe(cleared.includes(persona))
      // Who is cleared for the one is cleared for the other: the list was there.
      if (cleared.includes(persona)) expect(answer).toContain(ordinary)
    })
  },
)

/** Deeds of those who are not cleared, on the hidden child and on nobody at all. */
const DEEDS: readonly (readonly [persona: PersonaId, name: string, input: (id: string) => object])[] = [
  ['bapperida', 'sendReferral', (childId) => ({ childId, type: 'RF-07', to: 'DINKES', reason: 'Periksa mata.' })],
  [
    'kelurahan-panjang-wetan',
    'sendReferral',
    (childId) => ({ childId, type: 'RF-02', to: 'DUKCAPIL', reason: 'Akta.' }),
  ],
  ['dinkes', 'sendReferral', (childId) => ({ childId, type: 'RF-02', to: 'DUKCAPIL', reason: 'Akta.' })],
  ['kelurahan-panjang-wetan', 'verifyAtsRecord', (recordId) => ({ recordId, fieldCheck: VISIT, outOfSchool: true })],
  ['dinas-pendidikan', 'verifyAtsRecord', (recordId) => ({ recordId, fieldCheck: VISIT, outOfSchool: true })],
  ['dinas-pendidikan', 'enrolChild', (childId) => ({ childId, npsn: PKBM, level: 'PAKET_A', startedOn: TODAY })],
  // Listed already by the assessment.
  ['dinas-pendidikan', 'reportOutOfSchool', (childId) => ({ childId, category: 'DO', kelurahan: PANJANG_WETAN })],
  [
    'kelurahan-panjang-wetan',
    'reportOutOfSchool',
    (childId) => ({ childId, category: 'DO', kelurahan: PANJANG_WETAN }),
  ],
  ['kelurahan-krapyak', 'reportOutOfSchool', (childId) => ({ childId, category: 'DO', kelurahan: PANJANG_WETAN })],
  ['relawan', 'reportOutOfSchool', (childId) => ({ childId, category: 'DO', kelurahan: PANJANG_WETAN })],
]
const VISIT = { date: TODAY, method: 'KUNJUNGAN_RUMAH', result: 'BERTEMU_KELUARGA' }

test.for(DEEDS)(
  '%s is told by %s of a hidden child what it is told of nobody (PV-14)',
  async ([persona, name, input]) => {
    const told = (id: string) => {
      const variables = { input: { requestId: randomUUID(), ...input(id) } }
      return send(persona, { query: mutation(name, '__typename'), variables })
    }
    const nobody = await told(randomUUID())
    expect(nobody).toMatch(/NOT_FOUND/)
    expect(await told(name === 'verifyAtsRecord' ? record : hidden)).toBe(nobody)
  },
)
