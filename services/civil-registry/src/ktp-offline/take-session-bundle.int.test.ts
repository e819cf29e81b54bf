import { randomUUID } from 'node:crypto'
import { createDeviceKeys } from '@satuanak/offline-session'
import { expect, test } from 'vitest'
import { done, network, plan, running, schoolWith, useBalangan } from '../ktp-session/test-session.ts'
import { keepAt } from '../test-registry.ts'
import { open, stepOffline, take, takeOut, upload } from './test-offline.ts'

useBalangan()

const registry = () => network.service('civil-registry').app.db
const rows = <Row>(sql: string, ...values: unknown[]) => registry().$queryRawUnsafe<Row[]>(sql, ...values)

test('the device sees what is needed at the table: of the NIK four digits at most, no mother, no marriage (PV-10, KT-10)', async () => {
  const { sessionId, one } = await running(1)
  const { session, sealed } = await takeOut(sessionId)
  expect(session.standing.pupils).toEqual([
    {
      childId: one,
      number: 1,
      name: expect.stringMatching(/^Murid Balangan/i),
      sex: 'L',
      birthDate: '2009-12-01',
      birthDatePrecision: 'HARI',
      nik: null,
      state: 'BELUM_DICEK',
      reason: null,
      siakFields: [],
      papers: [],
      exceptions: [],
      place: null,
      siak: null,
      steps: [],
    },
  ])
  const ofDukcapil = (await takeOut(sessionId, 'dukcapil')).session.standing.pupils
  expect(ofDukcapil).toMatchObject([{ childId: one, nik: expect.stringMatching(/^\*{12}\d{4}$/) }])
  const inTheClear = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
  for (const word of ['Murid', 'Balangan', '2009', one, sessionId]) expect(inTheClear.join()).not.toContain(word)
})

test('who took which pupils out is audited, once more each time the bundle leaves (PV-05)', async () => {
  const { sessionId, pupils } = await running(2)
  const { bundleId } = await takeOut(sessionId)
  const audited = await rows<{ action: string; subjects: string[]; detail: Record<string, unknown> }>(
    `SELECT action, subjects, detail FROM platform.audit_entry WHERE subjects @> $1::uuid[] ORDER BY at DESC LIMIT 2`,
    pupils,
  )
  expect(audited.map(({ action, subjects }) => [action, [...subjects].sort()])).toEqual([
    ['read', [...pupils].sort()],
    ['ktp.record', [...pupils].sort()],
  ])
  expect(audited[1]?.detail).toMatchObject({ session: sessionId, bundle: bundleId, deed: 'TAKE' })
})

test('a hidden pupil stays at home, also one who came to be hidden before the bundle is fetched again (PV-14)', async () => {
  const { sessionId, pupils } = await running(3)
  await keepAt(network, pupils[0] ?? '', 4)
  const keys = await createDeviceKeys()
  const requestId = randomUUID()
  const there = async () => {
    const { data } = await take(sessionId, keys, { requestId })
    return (await open(keys, data?.sealed ?? '')).standing.pupils.map(({ childId }) => childId)
  }
  expect(await there()).toEqual(pupils.slice(1))
  await keepAt(network, pupils[1] ?? '', 4)
  expect(await there()).toEqual(pupils.slice(2))
  expect(await rows('SELECT id FROM ktp_bundle WHERE session_id = $1::uuid', sessionId)).toHaveLength(1)
})

test('only a scheduled or running session is taken, until the end of the third day from its own (EC-49)', async () => {
  const keys = await createDeviceKeys()
  const { npsn } = await schoolWith(1)
  const { id: sessionId } = await done('draftSession', plan(npsn))
  expect((await take(sessionId, keys)).code).toBe('KTP_SESSION_NOT_OPEN')
  await done('scheduleSession', { sessionId })
  // Monday in Balangan, and Tuesday, and Wednesday.
  expect((await take(sessionId, keys)).data?.expiresAt).toBe('2026-12-02T16:00:00.000Z')
  await done('cancelSession', { sessionId, reason: 'CUACA' })
  expect((await take(sessionId, keys)).code).toBe('KTP_SESSION_NOT_OPEN')
})

test('of a key that is none the field is named', async () => {
  const { sessionId } = await running(1)
  const keys = await createDeviceKeys()
  const { sign, seal } = keys.deviceKey
  const offCurve = { ...keys, deviceKey: { sign, seal: { ...seal, y: 'A'.repeat(43) } } }
  expect((await take(sessionId, offCurve)).problems).toEqual([{ field: 'deviceKey.seal', rule: 'EC-49' }])
  const short = { ...keys, deviceKey: { seal, sign: { ...sign, x: 'AAAA' } } }
  expect((await take(sessionId, short)).problems).toEqual([{ field: 'deviceKey.sign.x', rule: 'EC-49' }])
})

test('what the registry keeps of it holds no name and no NIK (ID-09)', async () => {
  const { sessionId, one } = await running(1)
  const device = await takeOut(sessionId)
  stepOffline(device, one, 'BLG-03', 'BELUM_REKAM')
  await upload(device)
  const [kept] = await rows<{ text: string }>(
    `SELECT (SELECT string_agg(b::text, '') FROM ktp_bundle b) || (SELECT string_agg(u::text, '') FROM ktp_bundle_upload u)
       || (SELECT string_agg(e::text, '') FROM ktp_offline_entry e) AS text`,
  )
  expect(kept?.text).toContain(one)
  for (const word of ['Murid', 'MURID', 'Ibu', '2009-12', '99010101120']) expect(kept?.text).not.toContain(word)
})
