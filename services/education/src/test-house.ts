import { randomUUID, randomUUIDv7 } from 'node:crypto'
import type { ChildId, ServiceName } from '@satuanak/contracts'
import type { NewEvent } from '@satuanak/messaging'
import {
  type Ask,
  type Network,
  type Producer,
  type ServiceParts,
  startNetwork,
  startProducer,
} from '@satuanak/testkit'
import { parseConfig } from './config.ts'
import { createService, type EducationApp, prismaFolder } from './service.ts'
import { registered } from './test-events.ts'

const education: ServiceParts<EducationApp> = {
  prismaFolder,
  start: (env, overrides) => createService(parseConfig(env), overrides),
}
type EducationNetwork = Network<{ education: typeof education }>
type Persona = Parameters<EducationNetwork['subgraph']>[1]

export const PANJANG_WETAN = '33.75.03.1004'
export const KRAPYAK = '33.75.03.1002'
/** The personas' own school and PKBM, and another SMP. */
export const SMP = '99000001'
export const OTHER_SMP = '99000002'
export const PKBM = 'P9900001'

/** What a mutation of this subgraph answers, success or refusal. */
interface Result {
  readonly __typename: string
  readonly code?: string
  readonly field?: string
  readonly rule?: string
  readonly message?: string
  readonly recordId?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string; readonly message: string }[]
  readonly data?: {
    readonly id: string
    readonly child: { readonly id: ChildId }
    readonly [field: string]: unknown
  }
}

const CAUSES = 'causes { reason aspek primary opd note proposal { state declineReason proposedAgency outcome } }'

const SELECTED: Readonly<Record<string, string>> = {
  registerSchool: 'npsn name kind provider levels kelurahan capacity latitude longitude status',
  closeSchool: 'npsn status closedOn mergedInto { npsn }',
  receivePupil: 'id level startedOn entryReason school { npsn } child { id }',
  endEnrolment: 'id endedOn exitReason movedTo child { id }',
  releasePupil: 'id endedOn exitReason movedTo child { id }',
  placeInClass: 'id grade classes { schoolYear grade rombel } child { id }',
  recordNisn: 'id nisn',
  recordAttendance: 'on marks',
  enrolChild: 'id level grade startedOn endedOn entryReason school { npsn name } child { id }',
  reportOutOfSchool: 'id category source state kelurahan note why reportedAt child { id }',
  verifyAtsRecord: 'id state outcome verifiedAt closedAt fieldCheck { date method result } child { id }',
  recordAtsInstrument:
    'id state instrument { number wish lastLevel lastGrade lastSchool { npsn } lastSchoolName income } child { id }',
  mapAtsCauses: `id state ${CAUSES} child { id }`,
  decideAtsOpd: `id state ${CAUSES} child { id }`,
  proposeAtsRecord: `id state ${CAUSES} child { id }`,
}

const mutation = (name: string): string => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return `mutation ($input: ${type}Input!) { result: ${name}(input: $input) {
    __typename
    ... on ${type}Success { data { ${SELECTED[name]} } }
    ... on Refusal { code field rule message }
    ... on InvalidInput { problems { field rule message } }
    ${name === 'reportOutOfSchool' ? '... on AtsAlreadyOpen { recordId }' : ''}
  } }`
}

const CHILD = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Child {
  id school { npsn } schooling { npsn: school { npsn } startedOn endedOn entryReason exitReason }
  ats { id state source category why kelurahan closedAt }
} } }`

/** A child as this subgraph shows it. */
interface ChildSeen {
  readonly id: string
  readonly school: { readonly npsn: string } | null
  readonly schooling: readonly { readonly startedOn: string; readonly endedOn: string | null }[] | null
  readonly ats: { readonly id: string; readonly state: string; readonly [field: string]: unknown } | null
}

/** Education alone in its house with three schools, and the other agencies' outboxes where a test has to hear them. */
export interface House {
  readonly network: EducationNetwork
  readonly app: EducationApp
  as(persona: Persona, language?: 'id' | 'en'): Ask
  /** Has other agencies tell, and returns when education has heard. */
  hear(...events: readonly NewEvent[]): Promise<void>
  /** A child that the registry has told of. */
  child(): Promise<ChildId>
  /** Has everything that was heard delivered once more. */
  hearAgain(): Promise<void>
  mutate(persona: Persona, name: string, input: object, language?: 'id' | 'en'): Promise<Result>
  enrol(input: object, persona?: Persona): Promise<Result>
  report(input: object, persona?: Persona): Promise<Result>
  verify(input: object, persona?: Persona): Promise<Result>
  /** Fills in the instrument of a record, as a family answers where the test says nothing else. */
  interview(input: object, persona?: Persona): Promise<Result>
  /** A child whose record is verified as out of school. */
  verified(more?: object): Promise<{ readonly recordId: string; readonly childId: ChildId }>
  /** A child whose family was asked besides: its causes can be mapped. */
  interviewed(more?: object): Promise<{ readonly recordId: string; readonly childId: ChildId }>
  map(input: object, persona?: Persona): Promise<Result>
  propose(input: object, persona?: Persona): Promise<Result>
  /** The child through `_entities`, with whatever errors come along. */
  see(persona: Persona, id: string): Promise<{ child: ChildSeen | undefined; codes: readonly unknown[] }>
  /** Types of the events told of a subject, in their order. */
  eventsAbout(subject: string): Promise<readonly string[]>
  /** Rows of a table of ours. */
  count(table: 'enrolment' | 'ats_record' | 'ats_field_check' | 'ats_instrument' | 'ats_cause'): Promise<number>
  close(): Promise<void>
}

/** An id as any agency mints it; nobody has told of it. */
export const someChild = (): ChildId => randomUUIDv7() as ChildId

export async function openHouse(postgresUrl: string): Promise<House> {
  const network = await startNetwork({ services: { education }, postgresUrl })
  const { app } = network.service('education')
  await app.db.school.createMany({ data: SCHOOLS })
  const producers = new Map<ServiceName, Producer>()
  const mutate: House['mutate'] = async (persona, name, input, language = 'id') => {
    const ask = network.subgraph('education', persona, language)
    const variables = { input: { requestId: randomUUID(), ...input } }
    return (await ask.ok<{ result: Result }>(mutation(name), variables)).result
  }
  const hear: House['hear'] = async (...events) => {
    for (const event of events) {
      const service = event.type.slice(0, event.type.indexOf('.')) as ServiceName
      const producer =
        producers.get(service) ??
        (await startProducer({ service, natsUrl: network.natsUrl, postgresUrl, prismaFolder }))
      producers.set(service, producer)
      await producer.tell(event)
      await network.settle()
    }
  }
  const child = async () => {
    const id = someChild()
    await hear(registered(id))
    return id
  }
  const verified: House['verified'] = async (more = {}) => {
    const childId = await child()
    const report = { category: 'DO', kelurahan: PANJANG_WETAN, childId, ...more }
    const { data } = await mutate('dinas-pendidikan', 'reportOutOfSchool', report)
    const recordId = data?.id ?? ''
    await mutate('dinas-pendidikan', 'verifyAtsRecord', { recordId, outOfSchool: true, fieldCheck: VISIT })
    return { recordId, childId }
  }
  return {
    network,
    app,
    mutate,
    hear,
    as: (persona, language) => network.subgraph('education', persona, language),
    enrol: (input, persona = 'dinas-pendidikan') =>
      mutate(persona, 'enrolChild', { npsn: SMP, level: 'SMP', startedOn: '2026-11-23', ...input }),
    report: (input, persona = 'kelurahan-panjang-wetan') =>
      mutate(persona, 'reportOutOfSchool', { category: 'DO', kelurahan: PANJANG_WETAN, ...input }),
    verify: (input, persona = 'kelurahan-panjang-wetan') =>
      mutate(persona, 'verifyAtsRecord', { outOfSchool: true, ...input, fieldCheck: { ...VISIT, ...visitOf(input) } }),
    interview: (input, persona = 'kelurahan-panjang-wetan') =>
      mutate(persona, 'recordAtsInstrument', { ...ANSWERS, ...input }),
    child,
    verified,
    async interviewed(more = {}) {
      const found = await verified(more)
      await mutate('dinas-pendidikan', 'recordAtsInstrument', { ...ANSWERS, recordId: found.recordId })
      return found
    },
    map: (input, persona = 'kelurahan-panjang-wetan') => mutate(persona, 'mapAtsCauses', input),
    propose: (input, persona = 'kelurahan-panjang-wetan') => mutate(persona, 'proposeAtsRecord', input),
    async hearAgain() {
      for (const producer of producers.values()) await producer.tellAgain()
      await network.settle()
    },
    async see(persona, id) {
      const { data, errors } = await network.subgraph('education', persona)<{ _entities: [ChildSeen] }>(CHILD, {
        ids: [{ __typename: 'Child', id }],
      })
      return { child: data?._entities[0], codes: errors.map(({ extensions }) => extensions.reason ?? extensions.code) }
    },
    async eventsAbout(subject) {
      const rows = await app.db.$queryRawUnsafe<{ type: string }[]>(
        'SELECT type FROM platform.outbox WHERE subject = $1::uuid ORDER BY subject_version',
        subject,
      )
      return rows.map(({ type }) => type)
    },
    async count(table) {
      const [row] = await app.db.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`)
      return row?.n ?? 0
    },
    async close() {
      for (const producer of producers.values()) await producer.close()
      await network.close()
    },
  }
}

const VISIT = { date: '2026-11-20', method: 'KUNJUNGAN_RUMAH', result: 'BERTEMU_KELUARGA' }
/** What a family says that TUN-06 and AT-05 ask of everyone. */
const ANSWERS = {
  wish: 'INGIN_KEMBALI',
  parentsMarriage: 'CERAI_MATI',
  livesWith: 'IBU',
  dailyActivity: 'BEKERJA',
  childMarriage: 'BELUM_MENIKAH',
  lastLevel: 'SMP',
}
const visitOf = (input: object): object => (input as { fieldCheck?: object }).fieldCheck ?? {}

const SCHOOLS = [
  {
    npsn: SMP,
    name: 'SMP Negeri 51 Contoh',
    levels: ['SMP'],
    kind: 'SMP',
    provider: 'SCHOOL',
    kelurahan: PANJANG_WETAN,
  },
  {
    npsn: OTHER_SMP,
    name: 'SMP Negeri 52 Contoh',
    levels: ['SMP'],
    kind: 'SMP',
    provider: 'SCHOOL',
    kelurahan: KRAPYAK,
  },
  {
    npsn: PKBM,
    name: 'PKBM Harapan Contoh',
    levels: ['PAKET_A', 'PAKET_B', 'PAKET_C'],
    kind: 'PKBM',
    provider: 'PKBM',
    kelurahan: PANJANG_WETAN,
  },
].map((school) => ({ ...school, capacity: 90 }))
