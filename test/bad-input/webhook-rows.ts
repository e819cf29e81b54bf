import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { NOBODY } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row, Wrong } from './rows.ts'

/** Nobody answers there, and nothing that the other rows do is told under this topic. */
const order = async () => ({
  requestId: randomUUID(),
  clientId: 'spmb-kota',
  name: 'Portal SPMB kota',
  url: 'http://127.0.0.1:9/kait',
  topics: ['session'],
  hearsAs: { agency: 'KEMENAG', role: 'ADMIN_OPD' },
})

async function registered(house: House): Promise<string> {
  const told = await act<{ webhook: { id: string } }>(
    house.as('bapperida'),
    'registerWebhook',
    await order(),
    'webhook { id }',
  )
  return told.webhook.id
}

const ofWebhook = async (house: House) => ({ requestId: randomUUID(), webhookId: await registered(house) })

async function paused(house: House) {
  const webhookId = await registered(house)
  await act(house.as('bapperida'), 'pauseWebhook', { requestId: randomUUID(), webhookId })
  return { requestId: randomUUID(), webhookId }
}

const UNKNOWN: Wrong = {
  why: 'a webhook nobody registered',
  change: { webhookId: NOBODY },
  code: 'WEBHOOK_NOT_FOUND',
  field: 'webhookId',
}

/** The exchange is Bapperida's to look after: no other office opens or shuts it (PV-18). */
const OTHERS: readonly Wrong[] = [
  { why: 'another office', as: 'dinas-pendidikan', code: 'NOT_PERMITTED' },
  { why: 'the registry', as: 'dukcapil', code: 'NOT_PERMITTED' },
]

const url = (why: string, address: string): Wrong => ({
  why,
  change: { url: address },
  code: 'INVALID_INPUT',
  field: 'url',
})

const ADDRESSES = [
  url('an address that is none', 'spmb.contoh.go.id'),
  url('an address without encryption', 'http://spmb.contoh.go.id/'),
  url('an address with a password', 'https://nama:sandi@127.0.0.1/'),
  url('an address with a NIK (ID-09)', 'https://127.0.0.1/9901010203130001'),
  url('an address of the cloud’s own metadata', 'https://169.254.169.254/'),
]

const TWO_TESTS = { allowed: 'a test may be sent as often as one likes' }

export const WEBHOOK_ROWS: Readonly<Record<string, Row>> = {
  registerWebhook: {
    as: 'bapperida',
    valid: order,
    contradictory: [
      {
        why: 'a role of another office (PV-18)',
        change: { hearsAs: { agency: 'KEMENAG', role: 'BAPPERIDA' } },
        code: 'INVALID_INPUT',
        field: 'hearsAs.agency',
      },
      {
        why: 'the registry’s own say (PV-12)',
        change: { hearsAs: { agency: 'DUKCAPIL', role: 'OPERATOR_DUKCAPIL' } },
        code: 'INVALID_INPUT',
        field: 'hearsAs.role',
      },
      {
        why: 'a kelurahan without saying which (TUN-R3)',
        change: { hearsAs: { agency: 'KELURAHAN', role: 'ADMIN_KELURAHAN' } },
        code: 'INVALID_INPUT',
        field: 'hearsAs.kelurahan',
      },
      { why: 'no topic at all', change: { topics: [] }, code: 'INVALID_INPUT', field: 'topics' },
    ],
    malformed: [
      ...ADDRESSES,
      {
        why: 'an application’s name with spaces',
        change: { clientId: 'spmb kota' },
        code: 'INVALID_INPUT',
        field: 'clientId',
      },
    ],
    future: [],
    duplicate: { allowed: 'a portal may hear at several addresses, each with its own secret' },
    foreign: OTHERS,
  },
  changeWebhook: {
    as: 'bapperida',
    valid: async (house) => ({ ...(await ofWebhook(house)), name: 'Portal SPMB' }),
    contradictory: [
      UNKNOWN,
      { why: 'no topic at all', change: { topics: [] }, code: 'INVALID_INPUT', field: 'topics' },
    ],
    malformed: ADDRESSES,
    future: [],
    duplicate: { allowed: 'what is so already may be said again' },
    foreign: OTHERS,
  },
  rotateWebhookSecret: {
    as: 'bapperida',
    valid: ofWebhook,
    contradictory: [UNKNOWN],
    malformed: [],
    future: [],
    duplicate: { allowed: 'a secret may be replaced at any time' },
    foreign: OTHERS,
  },
  pauseWebhook: {
    as: 'bapperida',
    valid: ofWebhook,
    contradictory: [UNKNOWN],
    malformed: [],
    future: [],
    duplicate: { why: 'paused already', code: 'WRONG_WEBHOOK_STATE', field: 'webhookId' },
    foreign: OTHERS,
  },
  resumeWebhook: {
    as: 'bapperida',
    valid: paused,
    contradictory: [UNKNOWN],
    malformed: [],
    future: [],
    duplicate: { why: 'active already', code: 'WRONG_WEBHOOK_STATE', field: 'webhookId' },
    foreign: OTHERS,
  },
  sendTestWebhook: {
    as: 'bapperida',
    valid: ofWebhook,
    contradictory: [UNKNOWN],
    malformed: [],
    future: [],
    duplicate: TWO_TESTS,
    foreign: OTHERS,
  },
  replayWebhookDeliveries: {
    as: 'bapperida',
    valid: async (house) => ({
      ...(await ofWebhook(house)),
      from: '2026-11-23T00:00:00Z',
      to: '2026-11-24T00:00:00Z',
    }),
    contradictory: [
      UNKNOWN,
      {
        why: 'a span that ends before it begins',
        change: { to: '2026-11-22T00:00:00Z' },
        code: 'INVALID_INPUT',
        field: 'to',
      },
      { why: 'messages and a span', change: { ids: [NOBODY] }, code: 'INVALID_INPUT', field: 'ids' },
      { why: 'half a span', change: { to: null }, code: 'INVALID_INPUT', field: 'ids' },
    ],
    malformed: [],
    future: [],
    duplicate: { allowed: 'what was sent may be sent again: the portal knows it by its id' },
    foreign: OTHERS,
  },
}
