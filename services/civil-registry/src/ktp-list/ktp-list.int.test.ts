import { randomUUID } from 'node:crypto'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { enrolAt, NPSN, newPupil, nextPupilNik, sendAs, startBalangan } from '../test-balangan.ts'
import { ISSUE, keepAt, type RegistryNetwork } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startBalangan()
})
afterAll(() => network?.close())
beforeEach(() => network.clock.set('2026-11-26T01:00:00Z'))

interface Answer {
  readonly __typename: string
  readonly code?: string
  readonly field?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string }[]
  readonly data?: {
    readonly rows: readonly { readonly verdict: string; readonly child: { readonly id: string } | null }[]
  }
}
interface Confirmed extends Omit<Answer, 'data'> {
  readonly data?: readonly { readonly state: string; readonly reason: string | null }[]
}
type Persona = Parameters<RegistryNetwork['subgraph']>[1]

const propose = (input: object, as: Persona = 'perekaman') =>
  sendAs<Answer>(network, as, 'proposeCandidates', { npsn: NPSN, ...input }, '{ rows { verdict child { id } } }')
const confirm = (childIds: readonly string[], more: object = {}, as: Persona = 'perekaman') =>
  sendAs<Confirmed>(
    network,
    as,
    'confirmCandidates',
    { npsn: NPSN, childIds, decision: 'KONFIRMASI', ...more },
    '{ state reason }',
  )
interface Row {
  readonly state: string
  readonly reason: string | null
  readonly source: string
  readonly child: { readonly id: string }
}
const listFor = async (as: Persona, args = `npsn: "${NPSN}"`) => {
  const query = `{ ktpCandidates(${args}, first: 100) { nodes { state reason source child { id } } } }`
  const { ktpCandidates } = await network
    .subgraph('civil-registry', as)
    .ok<{ ktpCandidates: { nodes: readonly Row[] } }>(query)
  return ktpCandidates.nodes
}
const rowOf = async (childId: string, as: Persona = 'dukcapil') =>
  (await listFor(as)).find(({ child }) => child.id === childId) ?? null
const verdictsOf = (answer: Answer) => answer.data?.rows.map(({ verdict }) => verdict)
const runJobs = () => network.service('civil-registry').runJobs()
const listedEvents = (childId: string) =>
  network.service('civil-registry').app.db.$queryRawUnsafe<{ data: unknown }[]>(
    `SELECT envelope->'data' AS data FROM platform.outbox
       WHERE type = 'civil-registry.ktp.candidate.listed.v1' AND subject = $1::uuid`,
    childId,
  )

describe('each month every school is proposed its pupils of 16 and over (BLG-01, RF-10)', () => {
  test('who is 16, or turns 16 this month; not who is younger, and nobody twice', async () => {
    network.clock.set('2027-01-04T01:00:00Z')
    const [old, turning, young] = [
      await newPupil(network),
      await newPupil(network, { birthDate: '2011-01-31', nik: null }),
      await newPupil(network, { birthDate: '2011-02-01', nik: null }),
    ]
    await runJobs()
    await runJobs()
    expect(await rowOf(old)).toMatchObject({ state: 'DIUSULKAN', source: 'BULANAN' })
    expect(await rowOf(turning)).toMatchObject({ state: 'TERTUNDA', reason: 'NIK_BELUM_ADA' })
    expect(await rowOf(young)).toBeNull()
    expect(await listedEvents(old)).toEqual([{ data: { npsn: NPSN, flag: 'UMUR_16' } }])
  })

  test('who comes to the school later has a turn in the next month', async () => {
    network.clock.set('2027-02-04T01:00:00Z')
    await runJobs()
    const late = await newPupil(network)
    await runJobs()
    expect(await rowOf(late)).toBeNull()
    network.clock.set('2027-03-01T01:00:00Z')
    await runJobs()
    expect(await rowOf(late)).toMatchObject({ state: 'DIUSULKAN' })
  })

  test('the month is that of Balangan: on 1 April at 00.30 WITA its turn has come (EC-65)', async () => {
    network.clock.set('2027-03-31T15:59:00Z')
    await runJobs()
    const pupil = await newPupil(network)
    await runJobs()
    expect(await rowOf(pupil)).toBeNull()
    network.clock.set('2027-03-31T16:30:00Z')
    await runJobs()
    expect(await rowOf(pupil)).toMatchObject({ state: 'DIUSULKAN' })
  })

  test('a school with more pupils than one step takes is listed whole', async () => {
    network.clock.set('2027-05-03T01:00:00Z')
    await runJobs()
    await network.service('civil-registry').app.db.$executeRawUnsafe(`
      WITH pupil AS (
        INSERT INTO person (id, name, name_key, sex, birth_date, birth_precision, match_verdict, registered_by, registered_at)
        SELECT gen_random_uuid(), 'Murid Ramai', 'murid ramai', 'L', '2009-05-05', 'HARI', 'TIDAK_ADA', 'DISDIK', now()
        FROM generate_series(1, 105) RETURNING id)
      INSERT INTO platform.child_school (enrolment_id, child_id, npsn)
      SELECT gen_random_uuid(), id, '99000077' FROM pupil`)
    network.clock.set('2027-06-01T01:00:00Z')
    await runJobs()
    const [count] = await network
      .service('civil-registry')
      .app.db.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM ktp_candidate WHERE npsn = '99000077'`)
    expect(count?.n).toBe(105)
  })
})

describe('a list is handed in (BLG-01)', () => {
  test('by child ids and by NIK; each entry is answered for itself', async () => {
    const nik = nextPupilNik()
    const [mine, byNik, foreign, young] = [
      await newPupil(network),
      await newPupil(network, { nik }),
      await newPupil(network, {}, '99000055'),
      await newPupil(network, { birthDate: '2012-01-01', nik: null }),
    ]
    const input = { childIds: [mine, foreign, young, randomUUID(), mine], niks: [nik, nextPupilNik()] }
    const answer = await propose(input, 'dukcapil')
    expect(verdictsOf(answer)).toEqual([
      'DIUSULKAN',
      'BUKAN_MURID',
      'BELUM_16',
      'TIDAK_DITEMUKAN',
      'SUDAH_ADA',
      'DIUSULKAN',
      'TIDAK_DITEMUKAN',
    ])
    expect(answer.data?.rows[5]?.child?.id).toBe(byNik)
  })

  test('sent again under its request id it is the same answer, and no NIK of it is kept (EC-46, ID-09)', async () => {
    const nik = nextPupilNik()
    await newPupil(network, { nik })
    const input = { requestId: randomUUID(), niks: [nik] }
    const first = await propose(input, 'dukcapil')
    expect(await propose(input, 'dukcapil')).toEqual(first)
    const [leak] = await network.service('civil-registry').app.db.$queryRawUnsafe<{ n: number }[]>(
      `SELECT (SELECT count(*) FROM ktp_list_file f JOIN ktp_list_file_row r ON r.file_id = f.id WHERE (f, r)::text LIKE $1)
            + (SELECT count(*) FROM platform.outbox o WHERE o::text LIKE $1)
            + (SELECT count(*) FROM platform.audit_entry a WHERE a::text LIKE $1) AS n`,
      `%${nik}%`,
    )
    expect(Number(leak?.n)).toBe(0)
  })

  test('a school hands in its own pupils, and learns of no other child (PV-14, PV-18)', async () => {
    const [own, foreign, kept] = [
      await newPupil(network),
      await newPupil(network, {}, '99000055'),
      await newPupil(network),
    ]
    await keepAt(network, kept, 4)
    const answer = await propose({ childIds: [own, foreign, kept] }, 'panitia-sekolah')
    expect(verdictsOf(answer)).toEqual(['DIUSULKAN', 'TIDAK_DITEMUKAN', 'TIDAK_DITEMUKAN'])
    expect(answer.data?.rows.map(({ child }) => child?.id ?? null)).toEqual([own, null, null])
  })

  test('a school sends no NIKs (PV-10) and no marriages (KT-10), and nothing for another school', async () => {
    const pupil = await newPupil(network)
    for (const input of [
      { niks: [nextPupilNik()] },
      { childIds: [pupil], everMarried: [pupil] },
      { npsn: '99000055', childIds: [pupil] },
    ]) {
      expect(await propose(input, 'panitia-sekolah')).toMatchObject({ code: 'NOT_PERMITTED' })
    }
  })

  test('more than 300 at once are sent in parts', async () => {
    const answer = await propose({ childIds: Array.from({ length: 301 }, () => randomUUID()) })
    expect(answer.problems).toEqual([{ field: 'childIds', rule: 'BLG-01' }])
  })
})

describe('the list is confirmed for the next session', () => {
  test('a pupil is confirmed, or left out with its reason, and can be proposed again (BLG-R1)', async () => {
    const [one, other] = [await newPupil(network), await newPupil(network)]
    await propose({ childIds: [one, other] })
    expect((await confirm([one])).data).toEqual([{ state: 'DIKONFIRMASI', reason: null }])
    const out = await confirm([other], { decision: 'KELUARKAN', reason: 'SUDAH_CETAK' }, 'panitia-sekolah')
    expect(out.data).toEqual([{ state: 'DIKELUARKAN', reason: 'SUDAH_CETAK' }])
    expect((await confirm([other], { decision: 'USULKAN_LAGI' })).data).toEqual([{ state: 'DIUSULKAN', reason: null }])
  })

  test('all or none: one who is not on the list leaves the others as they were', async () => {
    const [one, stranger] = [await newPupil(network), await newPupil(network)]
    await propose({ childIds: [one] })
    const answer = await confirm([one, stranger])
    expect(answer).toMatchObject({ code: 'KTP_CANDIDATE_NOT_FOUND', field: 'childIds.1' })
    expect(await rowOf(one)).toMatchObject({ state: 'DIUSULKAN' })
  })

  test('a birth date that is not certain is confirmed by an officer, not by the school (ID-22)', async () => {
    const pupil = await newPupil(network, { birthDate: '2009' })
    expect(verdictsOf(await propose({ childIds: [pupil] }))).toEqual(['PERLU_PETUGAS'])
    expect(await confirm([pupil], {}, 'panitia-sekolah')).toMatchObject({ code: 'NOT_PERMITTED' })
    expect((await confirm([pupil])).data).toEqual([{ state: 'DIKONFIRMASI', reason: null }])
  })

  test('a pupil without a NIK waits; once SIAK gave one it is proposed by itself (RF-02, BLG-R2)', async () => {
    const pupil = await newPupil(network, { nik: null })
    expect(verdictsOf(await propose({ childIds: [pupil] }))).toEqual(['TERTUNDA'])
    expect(await confirm([pupil])).toMatchObject({ code: 'KTP_CANDIDATE_NOT_OPEN', field: 'childIds.0', rule: 'RF-02' })
    await network
      .subgraph('civil-registry', 'dukcapil')
      .ok(ISSUE, { input: { requestId: randomUUID(), childId: pupil, nik: nextPupilNik() } })
    await runJobs()
    expect(await rowOf(pupil)).toMatchObject({ state: 'DIUSULKAN', reason: null })
  })

  test('a reason is given when a pupil is left out, and only then', async () => {
    const pupil = await newPupil(network)
    for (const more of [{ decision: 'KELUARKAN' }, { reason: 'MENOLAK' }]) {
      expect((await confirm([pupil], more)).problems).toEqual([{ field: 'reason', rule: 'BLG-R1' }])
    }
  })
})

describe('what a school does not see on its list', () => {
  test('a sheltered child: only Dukcapil knows of it, and may confirm it (PV-14)', async () => {
    const kept = await newPupil(network)
    await propose({ childIds: [kept] }, 'dukcapil')
    await keepAt(network, kept, 4)
    expect(await rowOf(kept, 'dukcapil')).toMatchObject({ state: 'DIUSULKAN' })
    for (const as of ['perekaman', 'panitia-sekolah'] as const) {
      expect(await rowOf(kept, as)).toBeNull()
      expect(await confirm([kept], {}, as)).toMatchObject({ code: 'KTP_CANDIDATE_NOT_FOUND' })
    }
  })

  test('a pupil under 16 who was married, whether it looks, proposes or confirms (KT-10)', async () => {
    const married = await newPupil(network, { birthDate: '2012-03-03', nik: '9901010303120001' })
    const answer = await propose({ childIds: [married], everMarried: [married] })
    expect(verdictsOf(answer)).toEqual(['DIUSULKAN'])
    expect(await listedEvents(married)).toEqual([])
    expect(await rowOf(married, 'perekaman')).toMatchObject({ state: 'DIUSULKAN' })
    expect(await rowOf(married, 'panitia-sekolah')).toBeNull()
    expect(verdictsOf(await propose({ childIds: [married] }, 'panitia-sekolah'))).toEqual(['BELUM_16'])
    expect(await confirm([married], {}, 'panitia-sekolah')).toMatchObject({ code: 'KTP_CANDIDATE_NOT_FOUND' })
  })

  test('another school’s list (PV-18)', async () => {
    const pupil = await newPupil(network)
    await propose({ childIds: [pupil] })
    expect((await listFor('pkbm')).map(({ child }) => child.id)).toEqual([])
    expect((await listFor('panitia-sekolah')).map(({ child }) => child.id)).toContain(pupil)
  })

  test('that a pupil is there under another id: one person stands on the list once (ID-21)', async () => {
    const [one, alias] = [await newPupil(network), await newPupil(network)]
    await propose({ childIds: [one] })
    await network
      .service('civil-registry')
      .app.db.$executeRawUnsafe(
        'INSERT INTO platform.child_alias (alias_id, canonical_id) VALUES ($1::uuid, $2::uuid)',
        alias,
        one,
      )
    expect(verdictsOf(await propose({ childIds: [alias] }))).toEqual(['SUDAH_ADA'])
    await enrolAt(network, alias, '99000055')
  })
})

test('a page of the list costs the same number of statements whatever its length (no N+1)', async () => {
  const pupils = []
  for (let n = 0; n < 6; n++) pupils.push(await newPupil(network))
  await propose({ childIds: pupils })
  const ask = (first: number) =>
    network
      .subgraph('civil-registry', 'perekaman')
      .ok(`{ ktpCandidates(npsn: "${NPSN}", first: ${first}) { nodes { state child { identity { name } } } } }`)
  const [few, many] = [await statementsOf(() => ask(2)), await statementsOf(() => ask(6))]
  expect(few.length).toBeGreaterThan(0)
  expect(many).toHaveLength(few.length)
})
