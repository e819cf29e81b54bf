import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act } from './src/act.ts'
import {
  draftSessionOf,
  meet,
  meetAndAssess,
  meetPupilOf16,
  newAssessment,
  openSchools,
  PKBM,
  SMP,
  TODAY,
} from './src/city.ts'
import { execute } from './src/databases.ts'
import { type House, startHouse } from './src/house.ts'
import { listFields } from './src/supergraph.ts'

const FEW = 2
const MANY = 12

/** Of each child everything that all four agencies have to say, so that each list fans out as far as the graph goes. */
const CHILD = `child {
  identity { name birthDate fatherName residences { since } } papers { held missing }
  school { name } schooling { level school { name } } ats { category state }
  outreach { contacts { place } assessments { needs } }
  referrals { title from { name } to { name } }
  timeline(first: 20) { nodes { sentence agency { name } } }
}`
const OF_CHILD = CHILD.slice('child {'.length, -1)

/** Every list of the graph, and how to ask it for one page with all that hangs on it. */
const LISTS: Readonly<Record<string, readonly [as: Parameters<House['as']>[0], list: (first: number) => string]>> = {
  searchChildren: ['dukcapil', (first) => `searchChildren(name: "Bagas", first: ${first}) { nodes { ${OF_CHILD} } }`],
  childrenWithoutPapers: [
    'dukcapil',
    (first) => `childrenWithoutPapers(missing: NIK, first: ${first}) { nodes { ${OF_CHILD} } }`,
  ],
  paperRequests: ['dukcapil', (first) => `paperRequests(first: ${first}) { nodes { state overdue ${CHILD} } }`],
  recordDisputes: [
    'dukcapil',
    (first) =>
      `recordDisputes(field: MOTHER_NAME, first: ${first}) { nodes { field values { value agency paper } ${CHILD} } }`,
  ],
  reviewPairs: [
    'dukcapil',
    (first) =>
      `reviewPairs(first: ${first}) { nodes { reasons { field } left { ${OF_CHILD} identifierFlags { code others { id } } } right { ${OF_CHILD} } } }`,
  ],
  printQueue: [
    'dukcapil',
    (first) =>
      `printQueue(state: DITAHAN, first: ${first}) { nodes { ${OF_CHILD} ktp { code heldUntil history { at } } } }`,
  ],
  ktpDuplicates: [
    'dukcapil',
    (first) => `ktpDuplicates(first: ${first}) { nodes { state overdue steps { step on } ${CHILD} } }`,
  ],
  ktpCandidates: ['dukcapil', (first) => `ktpCandidates(first: ${first}) { nodes { state ${CHILD} } }`],
  ktpSessions: [
    'dukcapil',
    (first) =>
      `ktpSessions(first: ${first}) { nodes { capacity { pupils } minutes { total } schedule { lines { number } } statusList { status } offlineBundles { uploads { entries } conflicts { reason } } pupils { state siakCheck { warning { rule } } ${CHILD} } } }`,
  ],
  printBatches: [
    'dukcapil',
    (first) => `printBatches(first: ${first}) { nodes { handover { number } cards { state ${CHILD} } } }`,
  ],
  streetContacts: ['peksos', (first) => `streetContacts(first: ${first}) { nodes { place note ${CHILD} } }`],
  schools: ['bapperida', (first) => `schools(first: ${first}) { nodes { name kelurahan status mergedInto { name } } }`],
  atsRecords: [
    'bapperida',
    (first) =>
      `atsRecords(first: ${first}) { nodes { category why instrument { wish lastSchool { name } } causes { reason proposal { state } } ${CHILD} } }`,
  ],
  inbox: ['dinas-pendidikan', (first) => `inbox(first: ${first}) { nodes { title from { name } ${CHILD} } }`],
  webhookEndpoints: [
    'bapperida',
    (first) =>
      `webhookEndpoints(first: ${first}) { nodes { name waiting deliveries(first: 5) { nodes { about attempts { status } } } } }`,
  ],
  sentReferrals: ['peksos', (first) => `sentReferrals(first: ${first}) { nodes { title to { name } ${CHILD} } }`],
}

let house: House
beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
  for (let n = 0; n < MANY; n++) {
    await act(house.as('bapperida'), 'registerWebhook', {
      ...{ requestId: crypto.randomUUID(), clientId: 'spmb-kota', name: `Portal ${n}` },
      ...{ url: 'http://127.0.0.1:9/', topics: ['case'], hearsAs: { agency: 'BAPPERIDA', role: 'BAPPERIDA' } },
    })
    await execute(
      house,
      'education',
      `INSERT INTO school (npsn, name, levels, kind, provider, kelurahan, capacity, closed_on, merged_into)
       SELECT '990001' || lpad('${n}', 2, '0'), 'SD Contoh ${n}', levels, kind, provider, kelurahan, capacity,
         '2027-07-01', npsn
       FROM school WHERE npsn = '${SMP}'`,
    )
    const child = await meet(house)
    await act(house.as('peksos'), 'completeAssessment', newAssessment(child))
    await house.settle()
    const otherwise = { childId: child, values: { motherName: 'Sri Wahyuni' }, statedOn: TODAY }
    await act(house.as('dukcapil'), 'stateParticulars', { requestId: crypto.randomUUID(), ...otherwise })
    const request = { requestId: crypto.randomUUID(), childId: child, paper: 'AKTA', proof: 'SPTJM' }
    await act(house.as('dukcapil'), 'requestPaper', request)
    const pupil = [await meetPupilOf16(house)]
    await act(house.as('perekaman'), 'proposeCandidates', {
      requestId: crypto.randomUUID(),
      npsn: SMP,
      childIds: pupil,
    })
    await act(house.as('perekaman'), 'recordKtpStatus', {
      requestId: crypto.randomUUID(),
      childId: pupil[0],
      code: 'PRR',
    })
    await draftSessionOf(house, pupil)
  }
  await house.settle()
  await execute(
    house,
    'civil-registry',
    `WITH run AS (INSERT INTO print_batch (id, npsn, opened_at, opened_by)
       SELECT uuidv7(), '${SMP}', now(), 'contoh' FROM person RETURNING id)
     INSERT INTO print_card (batch_id, number, child_id, state, spoiled)
     SELECT run.id, p.number, p.id, 'ANTRE', 0
     FROM run, (SELECT id, row_number() OVER (ORDER BY id) AS number FROM person LIMIT 3) p`,
  )
  await execute(
    house,
    'civil-registry',
    `WITH taken AS (INSERT INTO ktp_bundle (id, session_id, taken_by, taken_at, expires_at, device, device_key, child_ids)
         SELECT uuidv7(), s.id, 'contoh', now(), now(), 'contoh', '{}', '{}' FROM ktp_session s, generate_series(1, 2)
         RETURNING id, session_id),
       sent AS (INSERT INTO ktp_bundle_upload (id, bundle_id, uploaded_by, uploaded_at)
         SELECT uuidv7(), id, 'contoh', now() FROM taken RETURNING id, bundle_id),
       seat AS (SELECT DISTINCT ON (session_id) session_id, child_id FROM ktp_session_pupil)
     INSERT INTO ktp_offline_entry (bundle_id, id, upload_id, position, child_id, entry, conflict)
     SELECT taken.id, e, sent.id, 1, child_id, jsonb_build_object('id', e, 'kind', 'ABSENT', 'childId', child_id,
       'reason', 'MENOLAK', 'at', '2026-11-23T02:00:00.000Z'), 'JAM_ALAT'
     FROM taken JOIN sent ON sent.bundle_id = taken.id JOIN seat USING (session_id), gen_random_uuid() e`,
  )
  await execute(
    house,
    'civil-registry',
    `WITH found AS (INSERT INTO ktp_duplicate (id, child_id, state, opened_on, due_on)
       SELECT uuidv7(), id, 'HAPUS_DIMINTA', '2026-11-23', '2026-12-23' FROM person RETURNING id)
     INSERT INTO ktp_duplicate_step (id, duplicate_id, step, done_on, recorded_by, recorded_at)
     SELECT uuidv7(), id, 'HAPUS_DIMINTA', '2026-11-23', 'contoh', now() FROM found`,
  )
  // Whichever of the boys look alike already: here all of them do.
  await execute(
    house,
    'civil-registry',
    `INSERT INTO match_pair (id, low_id, high_id, reasons, found_at, state)
     SELECT uuidv7(), a.id, b.id, '[{"field": "NAME", "outcome": "EXACT", "weight": 9.4}]', now(), 'MENUNGGU'
     FROM person a JOIN person b ON a.id < b.id ON CONFLICT DO NOTHING`,
  )
})
afterAll(() => house?.close())

test('every list of the graph is counted here', () => {
  expect(Object.keys(LISTS).toSorted()).toEqual(listFields().toSorted())
})

describe('a page of 12 costs the statements of a page of 2 (no N+1):', () => {
  test.for(Object.keys(LISTS))('%s', async (name) => {
    const [as, list] = LISTS[name] ?? ['bapperida', () => '']
    const ask = async (first: number) => {
      const { data } = await house.as(as)<Record<string, { nodes: unknown[] } | null>>(`{ ${list(first)} }`)
      expect(data?.[name]?.nodes).toHaveLength(first)
    }
    await expectAlike(
      () => ask(FEW),
      () => ask(MANY),
    )
  })
})

test('a child met many times and enrolled often costs what any child costs', async () => {
  const [once, often] = [await meetAndAssess(house), await meetAndAssess(house)]
  for (let day = 1; day < MANY; day++) {
    const metOn = `2026-11-${String(day).padStart(2, '0')}`
    const contact = { requestId: crypto.randomUUID(), childId: often, metOn, kelurahan: '33.75.03.1004' }
    await act(house.as('petugas-sosial'), 'recordContact', { ...contact, place: 'Alun-alun', activity: 'PENGAMEN' })
    await act(house.as('peksos'), 'completeAssessment', newAssessment(often))
  }
  const place = { requestId: crypto.randomUUID(), childId: often, npsn: PKBM, level: 'PAKET_A', startedOn: TODAY }
  await act(house.as('dinas-pendidikan'), 'enrolChild', place)
  await act(house.as('dinas-pendidikan'), 'enrolChild', { ...place, requestId: crypto.randomUUID(), childId: once })
  await house.settle()
  const query = `query ($id: UUID!) { child(id: $id) { ${OF_CHILD} schooling { classes { rombel } } } }`
  const ask = (id: string) => house.as('bapperida').ok(query, { id })
  await expectAlike(
    () => ask(once),
    () => ask(often),
  )
})

/** Both send the same statements, however many values a statement's list holds. */
async function expectAlike(few: () => Promise<unknown>, many: () => Promise<unknown>): Promise<void> {
  const shapes = (texts: readonly string[]) => texts.map((text) => text.replaceAll(/\$\d+(,\$\d+)*/g, '$')).toSorted()
  const expected = shapes(await statementsOf(few))
  expect(expected.length).toBeGreaterThan(0)
  expect(shapes(await statementsOf(many))).toEqual(expected)
}
