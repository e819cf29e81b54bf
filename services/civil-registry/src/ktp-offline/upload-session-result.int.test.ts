import type { ChildId } from '@satuanak/contracts'
import { CompactSign } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  done,
  network,
  now,
  pupilOf,
  running,
  SESSION,
  type Session,
  step,
  useBalangan,
} from '../ktp-session/test-session.ts'
import { keepAt } from '../test-registry.ts'
import { CONFLICT, type Device, recordOffline, send, stepOffline, takeOut, told, upload } from './test-offline.ts'

useBalangan()

const registry = () => network.service('civil-registry').app.db
const stateOf = async (sessionId: string, childId: string) => {
  const { ktpSession } = await network
    .subgraph('civil-registry', 'perekaman')
    .ok<{ ktpSession: Session }>(`query ($id: UUID!) { ktpSession(id: $id) ${SESSION} }`, { id: sessionId })
  return pupilOf({ data: ktpSession }, childId)?.state
}
const stepsIn = (sessionId: string) =>
  registry().$queryRawUnsafe<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM ktp_pupil_step WHERE session_id = $1::uuid',
    sessionId,
  )
/** A result as the device would sign it, with whatever payload. */
const signed = ({ keys, bundleId }: Device, payload: unknown, kid = bundleId) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'satuanak-session-result+jws' })
    .sign(keys.sign)
const payloadOf = (result: string) => JSON.parse(Buffer.from(result.split('.')[1] ?? '', 'base64url').toString('utf8'))
const first = async ({ session }: Device) => (await session.results())[0] ?? ''

describe('a result is taken in once (EC-46, EC-49)', () => {
  test('the same result twice writes nothing the second time', async () => {
    const { sessionId, one } = await running(1)
    const device = await takeOut(sessionId)
    recordOffline(device, one)
    expect(told(await upload(device))).toEqual([['DITERAPKAN', 3]])
    const before = await stepsIn(sessionId)
    expect(told(await upload(device))).toEqual([['SUDAH_ADA', 3]])
    expect(await stepsIn(sessionId)).toEqual(before)
    expect(await stateOf(sessionId, one)).toBe('TERTUNDA_UMUR')
  })

  test('twice at the same moment it is applied once', async () => {
    const { sessionId, one } = await running(1)
    const device = await takeOut(sessionId)
    recordOffline(device, one)
    const result = await first(device)
    const both = await Promise.all([send(result), send(result)])
    expect(both.flatMap(({ data }) => told(data?.outcomes ?? [])).sort()).toEqual([
      ['DITERAPKAN', 3],
      ['SUDAH_ADA', 3],
    ])
    expect(await stepsIn(sessionId)).toEqual([{ n: 3 }])
  })

  test('of a longer one only what is new is applied', async () => {
    const { sessionId, pupils } = await running(2)
    const [a = '', b = ''] = pupils
    const device = await takeOut(sessionId)
    stepOffline(device, a, 'BLG-03', 'BELUM_REKAM')
    expect(told(await upload(device))).toEqual([['DITERAPKAN', 1]])
    stepOffline(device, a, 'BLG-04', 'COCOK')
    stepOffline(device, b, 'BLG-03', 'SUDAH_REKAM')
    expect(told(await upload(device))).toEqual([
      ['DITERAPKAN', 2],
      ['DITERAPKAN', 1],
    ])
    expect([await stateOf(sessionId, a), await stateOf(sessionId, b)]).toEqual(['SIAP_REKAM', 'TERTUNDA_UMUR'])
  })

  test('an entry that comes again with another content is told, and the first one stands', async () => {
    const { sessionId, one } = await running(1)
    const device = await takeOut(sessionId)
    stepOffline(device, one, 'BLG-03', 'BELUM_REKAM')
    await upload(device)
    const payload = payloadOf(await first(device))
    payload.entries[0].outcome = 'SUDAH_CETAK'
    const { data } = await send(await signed(device, payload))
    expect(told(data?.outcomes ?? [])).toEqual([['BENTROK', 0, 'ENTRI_BERUBAH']])
    expect(await stateOf(sessionId, one)).toBe('BELUM_DICEK')
  })
})

describe('a conflict is one pupil’s, and the rest goes in (EC-49)', () => {
  test('two devices with a pupil in common: the first one’s work stands, the second one’s is kept and told', async () => {
    const { sessionId, pupils } = await running(3)
    const [a = '', both = '', b = ''] = pupils
    const [one, other] = [await takeOut(sessionId), await takeOut(sessionId, 'dukcapil')]
    for (const childId of [a, both]) recordOffline(one, childId)
    for (const childId of [both, b]) recordOffline(other, childId)
    expect(told(await upload(one))).toEqual([
      ['DITERAPKAN', 3],
      ['DITERAPKAN', 3],
    ])
    expect(told(await upload(other))).toEqual([
      ['BENTROK', 0, 'SUDAH_DIKERJAKAN', 'SETELAH_BENTROK', 'SETELAH_BENTROK'],
      ['DITERAPKAN', 3],
    ])
    expect(await stepsIn(sessionId)).toEqual([{ n: 9 }])
  })

  test('half done online meanwhile: nothing of the device is mixed into it', async () => {
    const { sessionId, one } = await running(1)
    const device = await takeOut(sessionId)
    await step('checkPupil', { sessionId, childId: one, status: 'BELUM_REKAM' })
    recordOffline(device, one)
    expect(told(await upload(device))).toEqual([
      ['BENTROK', 0, 'SUDAH_DIKERJAKAN', 'SETELAH_BENTROK', 'SETELAH_BENTROK'],
    ])
    expect(await stepsIn(sessionId)).toEqual([{ n: 1 }])
  })

  test('absent by one device, recorded by the other: whichever came in last is told where it cannot be (KT-05)', async () => {
    const { sessionId, pupils } = await running(2)
    const [came = '', left = ''] = pupils as [ChildId, ChildId]
    const [one, other] = [await takeOut(sessionId), await takeOut(sessionId)]
    one.session.markAbsent(came as ChildId, 'TIDAK_DATANG')
    recordOffline(other, came)
    recordOffline(one, left)
    other.session.markAbsent(left as ChildId, 'TIDAK_DATANG')
    await upload(one)
    expect(told(await upload(other))).toEqual([
      ['DITERAPKAN', 3],
      ['BENTROK', 0, 'SUDAH_DIKERJAKAN'],
    ])
  })

  test('a pupil who came to be hidden is not there, and in no list of conflicts (PV-14)', async () => {
    const { sessionId, pupils } = await running(2)
    const [hidden = '', other = ''] = pupils
    const device = await takeOut(sessionId)
    stepOffline(device, hidden, 'BLG-03', 'BELUM_REKAM')
    stepOffline(device, other, 'BLG-03', 'BELUM_REKAM')
    await keepAt(network, hidden, 4)
    expect(told(await upload(device))).toEqual([
      ['BENTROK', 0, 'TIDAK_DITEMUKAN'],
      ['DITERAPKAN', 1],
    ])
    const [bundle] = await bundlesOf(sessionId)
    expect(bundle).toMatchObject({ conflicts: [], uploads: [{ entries: 2, applied: 1 }] })
    const [forDukcapil] = await bundlesOf(sessionId, 'dukcapil')
    expect(forDukcapil?.conflicts).toMatchObject([{ reason: 'TIDAK_DITEMUKAN', childId: hidden }])
  })

  test.each([
    ['closeSession', {}, 'SESI_SELESAI'],
    ['cancelSession', { reason: 'JARINGAN' }, 'SESI_BATAL'],
  ])('after %s nothing is lost: it is kept, listed, and says what to do', async (mutation, more, reason) => {
    const { sessionId, one } = await running(1)
    const device = await takeOut(sessionId)
    recordOffline(device, one)
    await done(mutation, { sessionId, ...more })
    expect(told(await upload(device))).toEqual([['BENTROK', 0, reason, 'SETELAH_BENTROK', 'SETELAH_BENTROK']])
    const [bundle] = await bundlesOf(sessionId)
    expect(bundle?.conflicts).toMatchObject([
      { reason, message: expect.stringMatching(/recordKtpStatus/), step: 'BLG-03', childId: one },
      { step: 'BLG-04' },
      { step: 'BLG-06' },
    ])
    expect(await stateOf(sessionId, one)).not.toBe('TERTUNDA_UMUR')
  })

  test('what the clock of a device cannot have seen is not believed (ID-29)', async () => {
    const { sessionId, pupils } = await running(4)
    const device = await takeOut(sessionId)
    for (const childId of pupils) stepOffline(device, childId, 'BLG-03', 'BELUM_REKAM')
    const payload = payloadOf(await first(device))
    const [early, late, backwards] = payload.entries
    early.startedAt = '2026-11-20T00:00:00.000Z'
    late.endedAt = now().add({ hours: 1 }).toString({ smallestUnit: 'millisecond' })
    ;[backwards.startedAt, backwards.endedAt] = [backwards.endedAt, backwards.startedAt]
    const { data } = await send(await signed(device, payload))
    expect(told(data?.outcomes ?? [])).toEqual([
      ['BENTROK', 0, 'JAM_ALAT'],
      ['BENTROK', 0, 'JAM_ALAT'],
      ['BENTROK', 0, 'JAM_ALAT'],
      ['DITERAPKAN', 1],
    ])
  })

  test('done a week before it is uploaded, it is taken in; done after the third day it is not (ID-29)', async () => {
    const { sessionId, pupils } = await running(2)
    const device = await takeOut(sessionId)
    for (const childId of pupils) stepOffline(device, childId, 'BLG-03', 'BELUM_REKAM')
    const payload = payloadOf(await first(device))
    const [, over] = payload.entries
    over.startedAt = over.endedAt = '2026-12-02T16:00:00.000Z'
    network.clock.set('2026-12-03T02:00:00Z')
    const { data } = await send(await signed(device, payload))
    expect(told(data?.outcomes ?? [])).toEqual([
      ['DITERAPKAN', 1],
      ['BENTROK', 0, 'LEWAT_MASA'],
    ])
  })

  test('what the rules do not allow is not applied, whatever the device signed (BLG-04, BLG-H4)', async () => {
    const { sessionId, one } = await running(1)
    const device = await takeOut(sessionId)
    stepOffline(device, one, 'BLG-03', 'BELUM_REKAM')
    const payload = payloadOf(await first(device))
    payload.entries[0].siakFields = ['NAMA']
    const at = payload.entries[0].endedAt
    payload.entries.push({ id: crypto.randomUUID(), kind: 'CHECKLIST', items: ['DRONE'], state: 'ADA', at })
    const { data } = await send(await signed(device, payload))
    expect(told(data?.outcomes ?? [])).toEqual([
      ['BENTROK', 0, 'TIDAK_SAH'],
      ['BENTROK', 0, 'TIDAK_SAH'],
    ])
  })

  test('a pupil who did not leave with the bundle does not come back with it, whoever uploads (PV-14)', async () => {
    const { sessionId, pupils } = await running(2)
    const [hidden = '', other = ''] = pupils
    await keepAt(network, hidden, 4)
    const device = await takeOut(sessionId)
    stepOffline(device, other, 'BLG-03', 'BELUM_REKAM')
    const payload = payloadOf(await first(device))
    payload.entries[0].childId = hidden
    const { data } = await send(await signed(device, payload), {}, 'dukcapil')
    expect(told(data?.outcomes ?? [])).toEqual([['BENTROK', 0, 'TIDAK_DITEMUKAN']])
    expect(await stepsIn(sessionId)).toEqual([{ n: 0 }])
  })
})

describe('only what the device of that bundle signed is believed', () => {
  test('changed on the way, of another device, of another session, or no result at all', async () => {
    const { sessionId, one } = await running(1)
    const [device, other] = [await takeOut(sessionId), await takeOut((await running(1)).sessionId)]
    stepOffline(device, one, 'BLG-03', 'BELUM_REKAM')
    const result = await first(device)
    const payload = payloadOf(result)
    const [head = '', , tail = ''] = result.split('.')
    const changed = Buffer.from(JSON.stringify({ ...payload, extra: 1 })).toString('base64url')
    const forged = {
      changed: `${head}.${changed}.${tail}`,
      'another device': await signed(other, payload, device.bundleId),
      'another bundle': await signed(device, { ...payload, bundleId: other.bundleId }),
      'another session': await signed(device, { ...payload, sessionId: other.session.content.sessionId }),
      'an entry twice': await signed(device, { ...payload, entries: [...payload.entries, ...payload.entries] }),
      'no signature': `${head}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.`,
      'no result': 'halo',
    }
    for (const [what, text] of Object.entries(forged)) {
      expect([what, (await send(text)).code]).toEqual([what, 'KTP_RESULT_NOT_GENUINE'])
    }
    expect((await send(await signed(device, payload, crypto.randomUUID()))).code).toBe('KTP_BUNDLE_NOT_FOUND')
    expect(await stepsIn(sessionId)).toEqual([{ n: 0 }])
  })

  test('of a revoked bundle nothing is taken, and it is not given again', async () => {
    const { sessionId, one } = await running(1)
    const device = await takeOut(sessionId)
    stepOffline(device, one, 'BLG-03', 'BELUM_REKAM')
    await done('revokeSessionBundle', { bundleId: device.bundleId }, 'dukcapil')
    expect(await send(await first(device))).toMatchObject({ code: 'KTP_BUNDLE_REVOKED', field: 'result' })
    expect(await stepsIn(sessionId)).toEqual([{ n: 0 }])
    expect(await bundlesOf(sessionId)).toMatchObject([
      { revokedAt: now().toString({ smallestUnit: 'millisecond' }), uploads: [] },
    ])
  })

  test('14 days after it expired nothing is taken any more', async () => {
    const { sessionId, one } = await running(1)
    const device = await takeOut(sessionId)
    stepOffline(device, one, 'BLG-03', 'BELUM_REKAM')
    network.clock.set('2026-12-16T16:00:00Z')
    expect((await send(await first(device))).code).toBe('KTP_BUNDLE_EXPIRED')
  })
})

async function bundlesOf(sessionId: string, as: 'perekaman' | 'dukcapil' = 'perekaman') {
  const { ktpSession } = await network.subgraph('civil-registry', as).ok<{
    ktpSession: { offlineBundles: { conflicts: unknown[]; uploads: unknown[]; revokedAt: string | null }[] }
  }>(
    `query ($id: UUID!) { ktpSession(id: $id) { offlineBundles {
      takenBy revokedAt expiresAt uploads { entries applied } conflicts { ${CONFLICT} } } } }`,
    { id: sessionId },
  )
  return ktpSession.offlineBundles
}
