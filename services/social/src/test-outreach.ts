import { randomUUID } from 'node:crypto'
import { type Network, type ServiceParts, startNetwork } from '@satuanak/testkit'
import { inject } from 'vitest'
import { parseConfig } from './config.ts'
import { createService, prismaFolder, type SocialApp } from './service.ts'

/** The social service by itself, on the run's PostgreSQL, and the mutations that its tests send. */

export type SocialNetwork = Network<{ social: ServiceParts<SocialApp> }>

export const startSocial = (): Promise<SocialNetwork> => {
  const social: ServiceParts<SocialApp> = {
    prismaFolder,
    start: (env, overrides) => createService(parseConfig(env), overrides),
  }
  return startNetwork({ services: { social }, postgresUrl: inject('postgresUrl') })
}

const RECORD = `mutation ($input: RecordContactInput!) { result: recordContact(input: $input) {
  __typename
  ... on RecordContactSuccess { data { id repeat metOn kelurahan note child { id } } }
  ... on Refusal { code field rule message }
  ... on ContactAlreadyRecorded { contactId }
  ... on InvalidInput { problems { field rule message } }
} }`
const ASSESS = `mutation ($input: CompleteAssessmentInput!) { result: completeAssessment(input: $input) {
  __typename
  ... on CompleteAssessmentSuccess { data { id droppedOut needs child { id } } }
  ... on Refusal { code field rule }
  ... on InvalidInput { problems { field rule message } }
} }`

export interface Result {
  readonly __typename: string
  readonly code?: string
  readonly contactId?: string
  readonly message?: string
  readonly problems?: { field: string; rule: string; message: string }[]
  readonly data?: { id: string; repeat: boolean; child: { id: string } }
}

export type Persona = 'petugas-sosial' | 'peksos' | 'kasi-sosial' | 'bapperida' | 'panitia-sekolah'

/** What a persona may send: each returns whatever member of the union came back. */
export function deskOf(network: SocialNetwork) {
  const as = (persona: Persona) => network.subgraph('social', persona)
  const send = (mutation: string, input: object, persona: Persona) =>
    as(persona)
      .ok<{ result: Result }>(mutation, { input })
      .then((data) => data.result)
  return {
    as,
    record: (more: object = {}, persona: Persona = 'petugas-sosial') =>
      send(RECORD, { ...contact(), ...more }, persona),
    assess: (more: object, persona: Persona = 'peksos') => send(ASSESS, { ...assessment(), ...more }, persona),
  }
}

export const contact = () => ({
  requestId: randomUUID(),
  newChild: { name: 'Bagas', sex: 'L', birthDate: '±2013', motherName: 'Sumarni' },
  metOn: '2026-11-23',
  kelurahan: '33.75.03.1004',
  place: 'Perempatan Grogolan',
  activity: 'LOPER_KORAN',
  note: 'Berjualan koran sejak pagi.',
})
const assessment = () => ({
  requestId: randomUUID(),
  doneOn: '2026-11-23',
  droppedOut: true,
  needs: ['EDUCATION', 'IDENTITY'],
  conclusion: 'Putus sekolah di kelas 6, ingin kembali belajar.',
})
