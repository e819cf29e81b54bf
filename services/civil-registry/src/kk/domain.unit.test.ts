import { expect, test } from 'vitest'
import { type KkReason, type KkRecord, kkStanding } from './domain.ts'

let serial = 0
const kk = (issuedOn: string, reason: KkReason): KkRecord => ({
  id: String(++serial),
  issuedOn,
  reason,
  last4: '0001',
  recordedAt: Temporal.Instant.fromEpochMilliseconds(serial),
})
const since = (on: string, ...history: KkRecord[]) => {
  const standing = kkStanding(history, on)
  return standing && [standing.current.issuedOn, standing.since, standing.sinceIsKnown]
}

test.for(['KELAHIRAN', 'KEMATIAN', 'ANGGOTA_KELUAR', 'HILANG_RUSAK'] as const)(
  'a KK issued anew for %s keeps the original start (ID-11, PD-08)',
  (reason) => {
    const history = [kk('2019-02-01', 'BARU'), kk('2025-12-01', reason)]
    expect(since('2026-06-01', ...history)).toEqual(['2025-12-01', '2019-02-01', true])
  },
)

test.for(['PINDAH', 'ANGGOTA_MASUK', 'BARU'] as const)('a KK issued for %s starts anew (PD-08, PD-12)', (reason) => {
  expect(since('2026-06-01', kk('2019-02-01', 'BARU'), kk('2025-12-01', reason))).toEqual([
    '2025-12-01',
    '2025-12-01',
    true,
  ])
})

test('several replacements in a row go back to the last move', () => {
  const history = [
    kk('2015-01-01', 'BARU'),
    kk('2018-01-01', 'PINDAH'),
    kk('2020-01-01', 'KELAHIRAN'),
    kk('2024-01-01', 'HILANG_RUSAK'),
  ]
  expect(since('2026-01-01', ...history.toReversed())).toEqual(['2024-01-01', '2018-01-01', true])
})

test('where the replaced KK is not known the start is the earliest seen, and says that it may be earlier', () => {
  expect(since('2026-06-01', kk('2025-12-01', 'HILANG_RUSAK'))).toEqual(['2025-12-01', '2025-12-01', false])
})

test('a KK issued later than the day asked about does not count yet', () => {
  expect(since('2025-06-01', kk('2019-02-01', 'BARU'), kk('2025-12-01', 'PINDAH'))).toEqual([
    '2019-02-01',
    '2019-02-01',
    true,
  ])
  expect(since('2018-06-01', kk('2019-02-01', 'BARU'))).toBeNull()
})
