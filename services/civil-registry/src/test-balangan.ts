import { randomUUID } from 'node:crypto'
import { type ServiceParts, startNetwork } from '@satuanak/testkit'
import { inject } from 'vitest'
import { parseConfig } from './config.ts'
import { createService, prismaFolder, type RegistryApp } from './service.ts'
import { boy, type RegistryNetwork, registerAs } from './test-registry.ts'

/** The registry in Balangan's zone, with pupils at the school of the persona `panitia-sekolah`. */

export const NPSN = '99000001'

export function startBalangan(): Promise<RegistryNetwork> {
  const registry: ServiceParts<RegistryApp> = {
    prismaFolder,
    start: (env, overrides) => createService(parseConfig({ ...env, ZONE: 'Asia/Makassar' }), overrides),
  }
  return startNetwork({ services: { 'civil-registry': registry }, postgresUrl: inject('postgresUrl') })
}

const db = (network: RegistryNetwork) => network.service('civil-registry').app.db

/** As education's event would. */
export const enrolAt = (network: RegistryNetwork, childId: string, npsn: string = NPSN) =>
  db(network).$executeRawUnsafe(
    'INSERT INTO platform.child_school (enrolment_id, child_id, npsn) VALUES ($1::uuid, $2::uuid, $3)',
    randomUUID(),
    childId,
    npsn,
  )

let serial = 0
/** A synthetic NIK of a boy born on 1 December 2009 (region 99), another one each time. */
export const nextPupilNik = () => `990101011209${String(++serial).padStart(4, '0')}`

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const mark = (n: number) => `${LETTERS[Math.floor(n / 26) % 26]}${LETTERS[n % 26]}`

/** A pupil of the school, 16 since 1 December 2025 unless said otherwise. @returns the child's id */
export async function newPupil(network: RegistryNetwork, more: object = {}, npsn: string = NPSN): Promise<string> {
  const nik = nextPupilNik()
  const name = `Murid Balangan ${mark(serial)}`
  const child = boy({ name, motherName: `Ibu ${name}`, birthDate: '2009-12-01', nik, ...more })
  const { data } = await registerAs(network)(child)
  if (!data) throw new Error('the pupil was not registered')
  await enrolAt(network, data.child.id, npsn)
  return data.child.id
}

type Persona = Parameters<RegistryNetwork['subgraph']>[1]

/** Sends one mutation; the member of the union that came back, whichever it is. */
export async function sendAs<Answer>(
  network: RegistryNetwork,
  persona: Persona,
  mutation: string,
  input: object,
  selection: string,
): Promise<Answer> {
  const [first = '', ...rest] = mutation
  const Name = first.toUpperCase() + rest.join('')
  const query = `mutation ($input: ${Name}Input!) { answer: ${mutation}(input: $input) {
    __typename
    ... on ${Name}Success { data ${selection} }
    ... on Refusal { code field rule message }
    ... on InvalidInput { problems { field rule } }
  } }`
  const { answer } = await network
    .subgraph('civil-registry', persona)
    .ok<{ answer: Answer }>(query, { input: { requestId: randomUUID(), ...input } })
  return answer
}
