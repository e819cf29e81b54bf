import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { meetAndAssess, NOBODY } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row, Wrong } from './rows.ts'
import { WEBHOOK_ROWS } from './webhook-rows.ts'

const order = async (house: House) => ({
  requestId: randomUUID(),
  childId: await meetAndAssess(house),
  type: 'RF-07',
  to: 'DINKES',
  reason: 'Perlu pemeriksaan mata.',
})

/** The id of a referral on the desk of Dinas Kesehatan. */
async function sent(house: House): Promise<string> {
  const { id } = await act<{ id: string }>(house.as('peksos'), 'sendReferral', await order(house), 'id')
  return id
}

async function accepted(house: House): Promise<string> {
  const referralId = await sent(house)
  await act(house.as('dinkes'), 'acceptReferral', { requestId: randomUUID(), referralId })
  return referralId
}

const UNKNOWN: Wrong = {
  why: 'a referral nobody sent',
  change: { referralId: NOBODY },
  code: 'REFERRAL_NOT_FOUND',
  field: 'referralId',
}

/** Only the receiver answers: not another agency, not the sender, not Bapperida. */
const OTHERS: readonly Wrong[] = [
  { why: 'another agency (RF-R2)', as: 'disnaker', code: 'NOT_PERMITTED' },
  { why: 'its sender (RF-R2)', as: 'peksos', code: 'NOT_PERMITTED' },
  { why: 'Bapperida, which only watches (RF-R1)', as: 'bapperida', code: 'NOT_PERMITTED' },
]

const NIK_IN_WORDS = 'NIK anak ini 9901 0102 0313 0001.'

export const COORDINATION_ROWS: Readonly<Record<string, Row>> = {
  ...WEBHOOK_ROWS,
  sendReferral: {
    as: 'peksos',
    valid: order,
    contradictory: [
      { why: 'to an agency the type does not go to', change: { to: 'LBH' }, code: 'INVALID_INPUT', field: 'to' },
      {
        why: 'of a type that is not its to send',
        change: { type: 'RF-24', to: 'DINSOS' },
        code: 'INVALID_INPUT',
        field: 'type',
      },
      {
        why: 'opening more than the type needs (PV-12)',
        change: { parts: ['outreach'] },
        code: 'INVALID_INPUT',
        field: 'parts',
      },
      {
        why: 'a kelurahan for an agency that is none (RF-14)',
        change: { toKelurahan: '33.75.03.1004' },
        code: 'INVALID_INPUT',
        field: 'toKelurahan',
      },
      { why: 'a child nobody spoke of', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [
      { why: 'a type that is none', change: { type: 'RF-99' }, code: 'INVALID_INPUT', field: 'type' },
      { why: 'a NIK in the words (ID-09)', change: { reason: NIK_IN_WORDS }, code: 'INVALID_INPUT', field: 'reason' },
    ],
    future: [],
    duplicate: { why: 'the same is open (RF-R4)', code: 'DUPLICATE_REFERRAL', field: 'childId' },
    foreign: [
      { why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a school committee (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    ],
  },
  acceptReferral: {
    as: 'dinkes',
    valid: async (house) => ({ requestId: randomUUID(), referralId: await sent(house) }),
    contradictory: [UNKNOWN],
    malformed: [],
    future: [],
    duplicate: { why: 'accepted already (DOMAIN §8)', code: 'WRONG_REFERRAL_STATE', field: 'referralId' },
    foreign: OTHERS,
  },
  declineReferral: {
    as: 'dinkes',
    valid: async (house) => ({ requestId: randomUUID(), referralId: await sent(house), reason: 'BUKAN_WEWENANG' }),
    contradictory: [
      UNKNOWN,
      {
        why: 'for another reason, which is not told (RF-R2)',
        change: { reason: 'LAINNYA' },
        code: 'INVALID_INPUT',
        field: 'note',
      },
      {
        why: 'proposing itself (RF-R2)',
        change: { proposedAgency: 'DINKES' },
        code: 'INVALID_INPUT',
        field: 'proposedAgency',
      },
    ],
    malformed: [
      { why: 'a NIK in the words (ID-09)', change: { note: NIK_IN_WORDS }, code: 'INVALID_INPUT', field: 'note' },
    ],
    future: [],
    duplicate: { why: 'declined already (DOMAIN §8)', code: 'WRONG_REFERRAL_STATE', field: 'referralId' },
    foreign: OTHERS,
  },
  completeReferral: {
    as: 'dinkes',
    valid: async (house) => ({
      requestId: randomUUID(),
      referralId: await accepted(house),
      outcome: 'LAYANAN_DIBERIKAN',
    }),
    contradictory: [
      UNKNOWN,
      {
        why: 'the outcome of another type (DOMAIN §8)',
        change: { outcome: 'TERBIT' },
        code: 'INVALID_INPUT',
        field: 'outcome',
      },
    ],
    malformed: [
      { why: 'a NIK in the words (ID-09)', change: { note: NIK_IN_WORDS }, code: 'INVALID_INPUT', field: 'note' },
    ],
    future: [],
    duplicate: { why: 'completed already (DOMAIN §8)', code: 'WRONG_REFERRAL_STATE', field: 'referralId' },
    foreign: OTHERS,
  },
}
