import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { COORDINATION_ROWS } from '../bad-input/coordination-rows.ts'
import { EDUCATION_ROWS } from '../bad-input/education-rows.ts'
import { REGISTRY_ROWS } from '../bad-input/registry-rows.ts'
import type { Row } from '../bad-input/rows.ts'
import { codesOf, send } from '../bad-input/send.ts'
import { SOCIAL_ROWS } from '../bad-input/social-rows.ts'
import { act } from '../src/act.ts'
import { meetAndAssess, openSchools, PKBM, TODAY } from '../src/city.ts'
import { countRows, execute } from '../src/databases.ts'
import { type House, startHouse } from '../src/house.ts'
import { lookAt, PARTS_OF } from '../src/one-child.ts'

const MUTATIONS: Readonly<Record<ServiceName, Readonly<Record<string, Row>>>> = {
  'civil-registry': REGISTRY_ROWS,
  education: EDUCATION_ROWS,
  social: SOCIAL_ROWS,
  coordination: COORDINATION_ROWS,
}

/** What each agency shows of children in lists and searches, asked as someone who may. */
const LISTS: Readonly<Record<ServiceName, readonly (readonly [as: Parameters<House['as']>[0], query: string])[]>> = {
  'civil-registry': [
    ['dukcapil', '{ searchChildren(name: "Bagas") { nodes { identity { name } } } }'],
    ['dukcapil', '{ childrenWithoutPapers(missing: NIK) { nodes { identity { name } } } }'],
  ],
  education: [['dinas-pendidikan', '{ atsRecords { nodes { category kelurahan } } }']],
  social: [['peksos', '{ streetContacts { nodes { place note } } }']],
  coordination: [
    ['dukcapil', '{ inbox { nodes { reason } } }'],
    ['peksos', '{ sentReferrals { nodes { reason } } }'],
  ],
}

const ofChild = (fields: string) => `query ($child: UUID!) { child(id: $child) { ${fields} } }`

/** What a school committee may ask of no child (PV-12, PV-18): the permission, and the question. */
const REFUSED: Readonly<Record<ServiceName, readonly [permission: string, query: string]>> = {
  'civil-registry': ['papers.read', ofChild('papers { held }')],
  education: ['ats.read', ofChild('ats { category }')],
  social: ['outreach.read', ofChild('outreach { contacts { place } }')],
  coordination: ['timeline.read', ofChild('timeline(first: 5) { nodes { sentence } }')],
}

let house: House
let child: string
beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
  child = await meetAndAssess(house)
  const place = { requestId: crypto.randomUUID(), childId: child, npsn: PKBM, level: 'PAKET_A', startedOn: TODAY }
  await act(house.as('dinas-pendidikan'), 'enrolChild', place)
  await house.settle()
})
afterAll(() => house?.close())

describe.for(SERVICES)('where %s cannot write its audit (PV-05, DESIGN §7)', (service) => {
  const takeAudit = () => execute(house, service, 'ALTER TABLE platform.audit_entry RENAME TO audit_entry_gone')
  const bringAudit = () => execute(house, service, 'ALTER TABLE platform.audit_entry_gone RENAME TO audit_entry')
  beforeEach(takeAudit)
  afterEach(bringAudit)

  test('a read is not answered: its fields are null and say so, the other agencies answer', async () => {
    const { child: seen, errors } = await lookAt(house.as('peksos'), child)
    const gone: readonly string[] = PARTS_OF[service]
    for (const part of gone) expect({ part, value: seen[part] }).toEqual({ part, value: null })
    for (const part of Object.values(PARTS_OF).flat()) {
      if (!gone.includes(part)) expect(seen[part], part).not.toBeNull()
    }
    const told = errors.filter(({ path }) => gone.includes(String(path?.[1])))
    expect(told.length).toBeGreaterThan(0)
    for (const { extensions } of told) expect(extensions.code).toBe('AUDIT_UNAVAILABLE')
  })

  test.for(LISTS[service])('nor a list, as %s: %s', async ([as, query]) => {
    const { data, errors } = await house.as(as)(query)
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([])
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['AUDIT_UNAVAILABLE'])
  })

  test('a refused try is answered as ever: to hold it back would tell of a hidden child (PV-14)', async () => {
    const [, query] = REFUSED[service]
    const { errors } = await house.as('panitia-sekolah')(query, { child })
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_PERMITTED'])
  })

  test.for(Object.entries(MUTATIONS[service]))('%s fails and writes nothing', async ([name, row]) => {
    // Made just before it is sent: what one deed needs another would use up.
    await bringAudit()
    const input = await row.valid(house)
    await house.settle()
    await takeAudit()
    const before = await countRows(house)
    const answer = await send(house, row.as, name, input)
    expect(codesOf(answer)).toEqual(['INTERNAL'])
    expect(answer.body).not.toMatchObject({ data: { result: expect.anything() } })
    expect(await countRows(house)).toEqual(before)
  })
})

test.for(SERVICES)(
  'what %s refuses through the gateway is one row of its audit: who, what, of whom (PV-05)',
  async (service) => {
    const actor = PERSONAS['panitia-sekolah'].caller.subject
    const tries = () =>
      house.service(service).app.db.$queryRawUnsafe<object[]>(
        `SELECT actor, action, subjects, detail->'reasons' AS reasons FROM platform.audit_entry
       WHERE result = 'REFUSED' AND actor = $1 ORDER BY at`,
        actor,
      )
    const before = await tries()
    const [action, query] = REFUSED[service]
    await house.as('panitia-sekolah')(query, { child })
    const tried = { actor, action, subjects: [child], reasons: ['ROLE'] }
    expect((await tries()).slice(before.length)).toEqual([tried])
  },
)

test('with the audit back, everything is answered again', async () => {
  const { errors } = await lookAt(house.as('peksos'), child)
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_PERMITTED'])
})
