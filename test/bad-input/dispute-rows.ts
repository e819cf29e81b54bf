import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { NOBODY, nextNik, TODAY, withoutNik } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row } from './rows.ts'

/** A child of whose mother social work and the registry say otherwise. */
async function withTwoMothers(house: House): Promise<string> {
  const childId = await withoutNik(house)
  const otherwise = { requestId: randomUUID(), childId, values: { motherName: 'Sri Wahyuni' }, statedOn: TODAY }
  await act(house.as('dukcapil'), 'stateParticulars', otherwise)
  return childId
}

/** Values on which agencies disagree (ID-05). */
export const DISPUTE_ROWS: Readonly<Record<string, Row>> = {
  settleParticular: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await withTwoMothers(house),
      field: 'MOTHER_NAME',
      values: { motherName: 'Sri Wahyuningsih' },
      reason: 'Sudah dicek ke ibunya.',
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      {
        why: 'a statement nobody made',
        change: { values: null, statementId: NOBODY },
        code: 'STATEMENT_NOT_FOUND',
        field: 'statementId',
      },
      { why: 'neither choice nor value', change: { values: null }, code: 'INVALID_INPUT', field: 'statementId' },
      { why: 'both of them', change: { statementId: NOBODY }, code: 'INVALID_INPUT', field: 'statementId' },
      {
        why: 'a value of another field',
        change: { values: { birthPlace: 'Tegal' } },
        code: 'INVALID_INPUT',
        field: 'values',
      },
      {
        why: 'what nobody disagrees on (ID-05)',
        change: { field: 'BIRTH_PLACE', values: { birthPlace: 'Tegal' } },
        code: 'PARTICULAR_NOT_DISPUTED',
        field: 'field',
      },
    ],
    malformed: [
      { why: 'a NIK for a ground (ID-09)', change: { reason: nextNik() }, code: 'INVALID_INPUT', field: 'reason' },
      {
        why: 'a name that is none (ID-19)',
        change: { values: { motherName: '4' } },
        code: 'INVALID_INPUT',
        field: 'values.motherName',
      },
    ],
    future: [
      {
        why: 'born tomorrow (EC-17)',
        change: { field: 'BIRTH_DATE', values: { birthDate: '2026-11-24' } },
        code: 'INVALID_INPUT',
        field: 'values.birthDate',
      },
    ],
    duplicate: { why: 'it is settled by now (ID-05)', code: 'PARTICULAR_NOT_DISPUTED', field: 'field' },
    foreign: [
      { why: 'social work (PV-18)', as: 'peksos', code: 'NOT_PERMITTED' },
      { why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' },
    ],
  },
}
