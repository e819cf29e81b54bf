import { DIREKAM_DI_SEKOLAH } from '@satuanak/offline-session/rules'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { newPupil, sendAs, startBalangan } from '../test-balangan.ts'
import type { RegistryNetwork } from '../test-registry.ts'

export let network: RegistryNetwork
/** Thursday, 08.00 WITA. */
const MORNING = '2026-11-26T00:00:00Z'
/** Starts the registry of Balangan for the tests of one file, each on the same morning. */
export function useBalangan(): void {
  beforeAll(async () => {
    network = await startBalangan()
  })
  afterAll(() => network?.close())
  beforeEach(() => network.clock.set(MORNING))
}

export type Persona = Parameters<RegistryNetwork['subgraph']>[1]
interface Pupil {
  readonly number: number
  readonly state: string | null
  readonly reason: string | null
  readonly progress: string
  readonly carriedFrom: string | null
  readonly printFrom: string | null
  readonly siakFields: readonly string[] | null
  readonly exceptions: readonly string[] | null
  readonly papers: readonly string[] | null
  readonly papersMissing: readonly string[] | null
  readonly child: { readonly id: string }
}
export interface Session {
  readonly id: string
  readonly state: string
  readonly cancelReason: string | null
  readonly pupils: readonly Pupil[]
  readonly capacity: {
    readonly from: number
    readonly to: number
    readonly pupils: number
    readonly warning: string | null
  }
}
export interface Answer {
  readonly code?: string
  readonly field?: string
  readonly rule?: string
  readonly message?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string }[]
  readonly data?: Session
}

const PUPIL =
  'number state reason progress carriedFrom printFrom siakFields exceptions papers papersMissing child { id }'
export const SESSION = `{ id state cancelReason capacity { from to pupils warning } pupils { ${PUPIL} } }`
export const send = (mutation: string, input: object, as: Persona = 'perekaman') =>
  sendAs<Answer>(network, as, mutation, input, SESSION)
export const done = async (mutation: string, input: object, as: Persona = 'perekaman'): Promise<Session> => {
  const { data, ...refusal } = await send(mutation, input, as)
  if (!data) throw new Error(`${mutation} was refused: ${JSON.stringify(refusal)}`)
  return data
}

let schools = 0
/** A school with this many confirmed pupils, the first the oldest; another one each time. */
export async function schoolWith(count: number, more: object = {}) {
  const npsn = `990008${String(++schools).padStart(2, '0')}`
  const childIds: string[] = []
  for (let n = 0; n < count; n++) {
    childIds.push(await newPupil(network, { birthDate: `2009-12-${String(n + 1).padStart(2, '0')}`, ...more }, npsn))
  }
  await confirm(npsn, childIds)
  return { npsn, pupils: childIds }
}
export async function confirm(npsn: string, childIds: readonly string[]) {
  await sendAs(network, 'dukcapil', 'proposeCandidates', { npsn, childIds }, '{ id }')
  const answer = await sendAs<Answer>(
    network,
    'dukcapil',
    'confirmCandidates',
    { npsn, childIds, decision: 'KONFIRMASI' },
    '{ state }',
  )
  if (!answer.data) throw new Error(`not confirmed: ${JSON.stringify(answer)}`)
}
export const plan = (npsn: string, more: object = {}) => ({
  npsn,
  startsAt: '2026-11-30T00:30:00Z',
  devices: 1,
  officers: ['akun-perekaman-01'],
  ...more,
})
export const ITEMS = DIREKAM_DI_SEKOLAH.equipment.map(({ code }) => code)
export const check = (sessionId: string, items: readonly string[], state = 'ADA') =>
  done('changeChecklist', { sessionId, items, state })
/** A session under way at a school with this many pupils. */
export async function running(count: number, more: object = {}) {
  const { npsn, pupils } = await schoolWith(count, more)
  const { id: sessionId } = await done('draftSession', plan(npsn))
  await done('scheduleSession', { sessionId })
  await check(sessionId, ITEMS)
  await done('startSession', { sessionId })
  return { npsn, pupils, sessionId, one: pupils[0] ?? '' }
}
export const now = () => network.clock.now()
/** A step that began just now and took these minutes. */
export async function step(mutation: string, input: object, minutes = 3) {
  const startedAt = now().toString()
  network.clock.advance({ minutes })
  return send(mutation, { startedAt, ...input })
}
export const pupilOf = ({ data }: Answer, childId: string) => data?.pupils.find(({ child }) => child.id === childId)
export const eventsOf = (subject: string) =>
  network.service('civil-registry').app.db.$queryRawUnsafe<{ type: string; data: Record<string, unknown> }[]>(
    `SELECT replace(type, 'civil-registry.ktp.', '') AS type, envelope->'data' AS data FROM platform.outbox
       WHERE subject = $1::uuid AND type LIKE 'civil-registry.ktp.%' ORDER BY seq`,
    subject,
  )
export const candidateOf = async (npsn: string, childId: string) => {
  const [row] = await network
    .service('civil-registry')
    .app.db.$queryRawUnsafe<{ state: string; reason: string | null }[]>(
      `SELECT state, reason FROM ktp_candidate WHERE npsn = $1 AND child_id = $2::uuid`,
      npsn,
      childId,
    )
  return row
}
