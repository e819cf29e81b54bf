import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '../src/act.ts'
import { KRAPYAK, newContact, nextNik, openSchools, PKBM, TODAY } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'
import { lookAt, reasonsOf } from '../src/one-child.ts'

// The true story for which the house was built. Each test is its next step and stands on the ones before.

let house: House
let boy: string
let identityReferral: string
let placementReferral: string

beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
})
afterAll(() => house?.close())

/** Everyone has heard, and some time passes before the next step. */
async function later(duration: Temporal.DurationLike = { hours: 2 }): Promise<void> {
  await house.settle()
  house.clock.advance(duration)
}

type Persona = Parameters<House['as']>[0]

const look = (persona: Persona) => lookAt(house.as(persona), boy)

const referralsIn = async (persona: Persona) => {
  const query = `{ inbox { nodes { id type state child { id identity { name nik } papers { missing } } from { code } } } }`
  const { data } = await house.as(persona)<{ inbox: { nodes: Referral[] } }>(query)
  return data?.inbox.nodes.filter((referral) => referral.child.id === boy) ?? []
}

interface Referral {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly child: { readonly id: string; readonly identity: { readonly name: string } | null }
  readonly from: { readonly code: string }
}

test('an outreach worker meets a boy of about 13 who sells newspapers and has no NIK, and records him on the spot (TPI-03)', async () => {
  const input = newContact({
    newChild: { name: 'Budi Santoso', sex: 'L', birthDate: '±2013', motherName: 'Siti Aminah' },
    kelurahan: KRAPYAK,
    place: 'Perempatan Ponolawen',
  })
  const contact = await act<{ repeat: boolean; child: { id: string } }>(
    house.as('petugas-sosial'),
    'recordContact',
    input,
    'repeat child { id }',
  )
  boy = contact.child.id
  expect(contact.repeat).toBe(false)
  await later()
})

test('the registry hears of him, finds no match and lists him as without papers (DESIGN §4, RF-02)', async () => {
  const query = `query ($id: UUID!) {
    child(id: $id) { identity { name birthDatePrecision match nik } papers { held missing } }
    childrenWithoutPapers(missing: NIK) { nodes { id } }
  }`
  const seen = await house.as('dukcapil').ok(query, { id: boy })
  expect(seen).toEqual({
    child: {
      identity: { name: 'Budi Santoso', birthDatePrecision: 'TAKSIRAN', match: 'TIDAK_ADA', nik: null },
      papers: { held: [], missing: ['AKTA', 'NIK', 'KK', 'KIA'] },
    },
    childrenWithoutPapers: { nodes: [{ id: boy }] },
  })
})

test('a social worker assesses him: dropped out, no papers (TPI-03, TPI-04)', async () => {
  const assessment = {
    requestId: randomUUID(),
    childId: boy,
    doneOn: TODAY,
    droppedOut: true,
    needs: ['EDUCATION', 'IDENTITY'],
    conclusion: 'Putus sekolah di kelas 5; ingin belajar lagi sore hari.',
  }
  const data = await act(house.as('peksos'), 'completeAssessment', assessment, 'droppedOut needs')
  expect(data).toEqual({ droppedOut: true, needs: ['EDUCATION', 'IDENTITY'] })
  await later()
})

test('the report opens an ATS record (TUN-03)', async () => {
  const { child } = await look('dinas-pendidikan')
  expect(child.ats).toMatchObject({ category: 'DO', state: 'BELUM_VERIFIKASI', closedAt: null })
})

test('a referral goes to the civil registry for his papers and one to education for his placement (RF-01, RF-02)', async () => {
  const [forDukcapil, forDisdik] = [await referralsIn('dukcapil'), await referralsIn('dinas-pendidikan')]
  expect(forDukcapil).toMatchObject([{ type: 'RF-02', state: 'TERKIRIM', from: { code: 'DINSOS' } }])
  expect(forDisdik).toMatchObject([{ type: 'RF-01', state: 'TERKIRIM', from: { code: 'DINSOS' } }])
  // What the referral opens of him its receiver reads; nothing more.
  expect(forDisdik[0]?.child).toEqual({ id: boy, identity: { name: 'Budi Santoso', nik: null }, papers: null })
  identityReferral = forDukcapil[0]?.id ?? ''
  placementReferral = forDisdik[0]?.id ?? ''
})

test('Dukcapil accepts, issues a NIK and completes (RF-02)', async () => {
  const dukcapil = house.as('dukcapil')
  await act(dukcapil, 'acceptReferral', { requestId: randomUUID(), referralId: identityReferral })
  await later()
  const nik = nextNik()
  const selection = 'child { identity { nik } papers { missing } }'
  const issued = await act(dukcapil, 'issueNik', { requestId: randomUUID(), childId: boy, nik }, selection)
  expect(issued).toEqual({
    child: { identity: { nik: `************${nik.slice(-4)}` }, papers: { missing: ['AKTA', 'KK', 'KIA'] } },
  })
  await later()
  const answer = { requestId: randomUUID(), referralId: identityReferral, outcome: 'TERBIT' }
  expect(await act(dukcapil, 'completeReferral', answer, 'state')).toEqual({ state: 'SELESAI' })
  await later({ hours: 20 })
})

test('education accepts, enrols him at a PKBM and completes; the ATS record closes on the enrolment (RF-01)', async () => {
  const disdik = house.as('dinas-pendidikan')
  await act(disdik, 'acceptReferral', { requestId: randomUUID(), referralId: placementReferral })
  await later()
  const place = { requestId: randomUUID(), childId: boy, npsn: PKBM, level: 'PAKET_A', startedOn: '2026-11-24' }
  expect(await act(disdik, 'enrolChild', place, 'level school { name }')).toEqual({
    level: 'PAKET_A',
    school: { name: 'PKBM Contoh Mandiri' },
  })
  await later()
  const answer = { requestId: randomUUID(), referralId: placementReferral, outcome: 'TERDAFTAR' }
  expect(await act(disdik, 'completeReferral', answer, 'state')).toEqual({ state: 'SELESAI' })
  await later()
  const { child } = await look('dinas-pendidikan')
  expect(child.ats).toMatchObject({ state: 'SELESAI', closedAt: expect.any(String) })
})

test('one query as Bapperida shows identity, papers, school, outreach and both referrals; NIK and notes stay at home', async () => {
  const { child, errors } = await look('bapperida')
  expect(child).toMatchObject({
    id: boy,
    identity: { name: 'Budi Santoso', sex: 'L', birthDatePrecision: 'TAKSIRAN', nik: null },
    papers: { held: ['NIK'], missing: ['AKTA', 'KK', 'KIA'] },
    school: { name: 'PKBM Contoh Mandiri', provider: 'PKBM' },
    schooling: [{ level: 'PAKET_A', startedOn: '2026-11-24', endedOn: null }],
    ats: { category: 'DO', state: 'SELESAI', closedAt: expect.any(String) },
    outreach: {
      contacts: [{ metOn: TODAY, activity: 'LOPER_KORAN', place: 'Perempatan Ponolawen', note: null }],
      assessments: [{ doneOn: TODAY, droppedOut: true, needs: ['EDUCATION', 'IDENTITY'] }],
    },
    referrals: expect.arrayContaining([
      expect.objectContaining({ title: 'Penempatan anak putus sekolah', state: 'SELESAI', outcome: 'TERDAFTAR' }),
      expect.objectContaining({ title: 'Anak tanpa NIK atau akta', state: 'SELESAI', outcome: 'TERBIT' }),
    ]),
  })
  expect(reasonsOf(errors)).toEqual(KEPT_AT_HOME)
})

/** What even Bapperida is not shown (PV-10, PV-12). */
const KEPT_AT_HOME = {
  'identity.nik': 'NOT_PERMITTED ROLE DUKCAPIL',
  'outreach.contacts.0.note': 'NOT_PERMITTED ROLE DINSOS',
}

/** What each step of the story told, in the order of the steps; within one step several agencies speak at once. */
const TOLD: readonly (readonly string[])[] = [
  ['civil-registry.person.registered', 'social.child.presented', 'social.street.contact.recorded'],
  [
    'coordination.referral.created',
    'coordination.referral.created',
    'education.ats.record.created',
    'social.street.assessment.completed',
  ],
  ['coordination.referral.acknowledged'],
  ['civil-registry.paper.issued'],
  ['coordination.referral.completed'],
  ['coordination.referral.acknowledged'],
  ['education.ats.child.reentered', 'education.enrolment.started'],
  ['coordination.referral.completed'],
]

test('and the whole timeline in order, from every agency', async () => {
  interface Told {
    readonly child: { readonly timeline: { readonly nodes: readonly { readonly at: string; readonly type: string }[] } }
  }
  const query = 'query ($id: UUID!) { child(id: $id) { timeline(first: 50) { nodes { at type } } } }'
  const { nodes } = (await house.as('bapperida').ok<Told>(query, { id: boy })).child.timeline
  const steps = [...Map.groupBy(nodes, (entry) => entry.at)]
  expect(steps.map(([at]) => at)).toEqual(steps.map(([at]) => at).toSorted())
  expect(steps.map(([, entries]) => entries.map(({ type }) => type.replace(/\.v1$/, '')).toSorted())).toEqual(TOLD)
  // Within a step a cause stands before its effect.
  const first = (type: string) => nodes.findIndex((entry) => entry.type.startsWith(type))
  expect(first('social.child.presented')).toBeLessThan(first('civil-registry.person.registered'))
  expect(first('social.street.assessment.completed')).toBeLessThan(first('coordination.referral.created'))
  const { child } = await look('bapperida')
  expect(child.timeline).toMatchObject({
    nodes: nodes.map(({ at }) => ({ at, sentence: expect.stringMatching(/\w/) })),
  })
})

test('the same query as his PKBM shows name and schooling; each other field is null and says why and whom to ask', async () => {
  const { child, errors } = await look('pkbm')
  expect(child).toMatchObject({
    identity: { name: 'Budi Santoso', nik: null },
    school: { name: 'PKBM Contoh Mandiri' },
    schooling: [{ level: 'PAKET_A' }],
  })
  expect(child).toMatchObject({ papers: null, ats: null, outreach: null, referrals: null, timeline: null })
  expect(reasonsOf(errors)).toEqual({
    'identity.nik': 'NOT_PERMITTED ROLE DUKCAPIL',
    papers: 'NOT_PERMITTED ROLE DUKCAPIL',
    ats: 'NOT_PERMITTED ROLE DISDIK',
    outreach: 'NOT_PERMITTED ROLE DINSOS',
    referrals: 'NOT_PERMITTED ROLE BAPPERIDA',
    timeline: 'NOT_PERMITTED ROLE BAPPERIDA',
  })
  for (const { extensions } of errors) expect(extensions.message).toEqual(BOTH_LANGUAGES)
})

const BOTH_LANGUAGES = { id: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) }

test('the same query as the committee of another school shows nothing of him (PV-18)', async () => {
  const { child, errors } = await look('panitia-sekolah')
  expect(Object.entries(child).filter(([, value]) => value !== null)).toEqual([['id', boy]])
  expect(reasonsOf(errors)).toEqual({
    identity: 'NOT_PERMITTED TERRITORY DUKCAPIL',
    school: 'NOT_PERMITTED TERRITORY DISDIK',
    schooling: 'NOT_PERMITTED TERRITORY DISDIK',
    papers: 'NOT_PERMITTED ROLE DUKCAPIL',
    ats: 'NOT_PERMITTED ROLE DISDIK',
    outreach: 'NOT_PERMITTED ROLE DINSOS',
    referrals: 'NOT_PERMITTED ROLE BAPPERIDA',
    timeline: 'NOT_PERMITTED ROLE BAPPERIDA',
  })
})

test('with the social service gone, everything else is shown and Dinas Sosial is named; when it is back, nothing is missing', async () => {
  const before = await look('bapperida')
  await house.stop('social')
  const without = await look('bapperida')
  expect(without.child).toEqual({ ...before.child, outreach: null })
  expect(reasonsOf(without.errors)).toEqual({
    'identity.nik': KEPT_AT_HOME['identity.nik'],
    outreach: 'AGENCY_UNREACHABLE DINSOS',
  })
  expect(without.errors.find(({ path }) => path?.[1] === 'outreach')?.message).toMatch(/Dinas Sosial/)
  await house.start('social')
  expect(await look('bapperida')).toEqual(before)
})
