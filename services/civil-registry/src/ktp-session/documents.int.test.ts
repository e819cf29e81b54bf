import { describe, expect, test } from 'vitest'
import { NPSN, newPupil, sendAs } from '../test-balangan.ts'
import { keepAt } from '../test-registry.ts'
import { confirm, done, network, type Persona, plan, running, schoolWith, step, useBalangan } from './test-session.ts'

useBalangan()

interface Line {
  readonly number: number
  readonly child: { readonly id: string }
}
interface Documents {
  readonly schedule: {
    readonly fixedAt: string
    readonly startsAt: string
    readonly endsAt: string
    readonly devices: number
    readonly officers: readonly string[] | null
    readonly bring: readonly string[]
    readonly lines: readonly Line[]
  } | null
  readonly statusList: readonly (Line & { readonly status: string; readonly officer: string })[] | null
}
async function documentsOf(id: string, as: Persona = 'perekaman') {
  const { data, errors } = await network.subgraph('civil-registry', as)<{ ktpSession: Documents | null }>(
    `query ($id: UUID!) { ktpSession(id: $id) {
       schedule { fixedAt startsAt endsAt devices officers bring lines { number child { id } } }
       statusList { number status officer child { id } }
     } }`,
    { id },
  )
  return { ...data?.ktpSession, denied: new Set(errors.map(({ path }) => path?.at(-1))) }
}

describe('the Jadwal Perekaman (DOC-09, BLG-01)', () => {
  test('is there once the day is fixed: from when to when, devices, officers, what to bring (KT-06), pupils by line', async () => {
    const { npsn, pupils } = await schoolWith(2)
    const { id: sessionId } = await done('draftSession', plan(npsn, { devices: 2 }))
    expect((await documentsOf(sessionId)).schedule).toBeNull()
    network.clock.advance({ minutes: 20 })
    await done('scheduleSession', { sessionId })
    expect((await documentsOf(sessionId)).schedule).toEqual({
      fixedAt: '2026-11-26T00:20:00.000Z',
      startsAt: '2026-11-30T00:30:00.000Z',
      endsAt: '2026-11-30T06:30:00.000Z',
      devices: 2,
      officers: ['akun-perekaman-01'],
      bring: ['FORMULIR_F_1_02', 'SALINAN_KK', 'SALINAN_AKTA'],
      lines: pupils.map((id, index) => ({ number: index + 1, child: { id } })),
    })
  })

  test('for the school it has no accounts, no hidden and no early married pupil, and no gap in its numbers (PV-14, KT-10)', async () => {
    const [first, hidden, last] = [await newPupil(network), await newPupil(network), await newPupil(network)]
    const married = await newPupil(network, { birthDate: '2012-02-02', nik: '9901010202120001' })
    const early = { npsn: NPSN, childIds: [married], everMarried: [married] }
    await sendAs(network, 'dukcapil', 'proposeCandidates', early, '{ id }')
    await confirm(NPSN, [first, hidden, last, married])
    const { id: sessionId } = await done('draftSession', plan(NPSN))
    await done('scheduleSession', { sessionId })
    await keepAt(network, hidden, 4)
    const { schedule, statusList, denied } = await documentsOf(sessionId, 'panitia-sekolah')
    expect(schedule?.lines).toEqual([
      { number: 1, child: { id: first } },
      { number: 2, child: { id: last } },
    ])
    expect([schedule?.officers, statusList]).toEqual([null, null])
    expect(denied).toEqual(new Set(['officers', 'statusList']))
    expect((await documentsOf(sessionId)).schedule?.lines).toHaveLength(3)
    expect((await documentsOf(sessionId, 'dukcapil')).schedule?.lines).toHaveLength(4)
  })
})

describe('the list of recording statuses (DOC-11, BLG-03)', () => {
  test('has each pupil who was checked, by the number of the schedule, with what was found and by whom', async () => {
    const { sessionId, pupils } = await running(3)
    const [recorded, , unknown] = pupils
    await step('checkPupil', { sessionId, childId: recorded, status: 'SUDAH_REKAM' })
    await step('checkPupil', { sessionId, childId: unknown, status: 'NIK_TIDAK_ADA' })
    expect((await documentsOf(sessionId)).statusList).toEqual([
      { number: 1, status: 'SUDAH_REKAM', officer: 'akun-perekaman-01', child: { id: recorded } },
      { number: 3, status: 'NIK_TIDAK_ADA', officer: 'akun-perekaman-01', child: { id: unknown } },
    ])
  })

  test('nobody who was hidden meanwhile stands on it (PV-14)', async () => {
    const { sessionId, one: childId } = await running(1)
    await step('checkPupil', { sessionId, childId, status: 'BELUM_REKAM' })
    await keepAt(network, childId, 4)
    expect((await documentsOf(sessionId)).statusList).toEqual([])
    expect((await documentsOf(sessionId, 'dukcapil')).statusList).toHaveLength(1)
  })
})
