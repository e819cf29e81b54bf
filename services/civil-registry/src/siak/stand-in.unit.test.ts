import { expect, test } from 'vitest'
import { createStandIn } from './stand-in.ts'
import { siakContract } from './test-siak-contract.ts'

const known = {
  nik: '9901010203130001',
  record: { name: 'Bagas Pratama', sex: 'L', birthDate: '2013-03-02', birthPlace: 'Pekalongan', motherName: null },
} as const

siakContract('the stand-in', async () => {
  let today = Temporal.PlainDate.from('2026-11-23')
  const siak = createStandIn({ dailyQuota: 3, today: () => today })
  siak.put(known.nik, known.record)
  return {
    siak,
    known,
    unknownNik: '9901010203130002',
    quota: 3,
    setAway: async (away) => siak.setAway(away),
    nextDay: async () => {
      today = today.add({ days: 1 })
    },
  }
})

test('the stand-in says with every answer that it is one', () => {
  const standIn = createStandIn({ dailyQuota: 1, today: () => Temporal.PlainDate.from('2026-11-23') })
  expect(standIn.source).toBe('SIAK_TIRUAN')
})
