import { ATS_OPDS, ATS_REASONS, type AtsReason } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cause, causesSeenBy, isAtOpd, PROPOSAL_STATES, planMapping, type Wanted } from './domain.ts'
import { opdsOfCity, REASONS } from './domain-reasons.ts'

const cause = (reason: AtsReason, more: Partial<Cause> = {}): Cause => ({
  id: `id-${reason}`,
  recordId: 'r',
  reason,
  primary: false,
  opd: 'DISDIK',
  note: null,
  proposal: null,
  ...more,
})
const proposal = (state: (typeof PROPOSAL_STATES)[number]): Cause['proposal'] => ({
  state,
  proposedAt: Temporal.Instant.from('2026-11-23T01:00:00Z'),
  referralId: null,
  answeredAt: null,
  declineReason: null,
  proposedAgency: null,
  outcome: null,
})
const wanted = (reason: AtsReason, more: Partial<Wanted> = {}): Wanted => {
  const { primary, opd, note } = cause(reason, more)
  return { reason, primary, opd, note }
}

describe('the list of reasons (DOMAIN §4.2)', () => {
  test('every reason but A13 has an OPD; A13 waits for Bapperida', () => {
    expect(ATS_REASONS.filter((code) => REASONS[code].opds.length === 0)).toEqual(['A13'])
  })

  test('a city says otherwise of one reason, and the others stay as they are (TUN-07)', () => {
    const city = opdsOfCity({ A02: ['DISDIK'] })
    expect(city.A02).toEqual(['DISDIK'])
    expect(city.A10).toEqual(['DINSOS', 'DISDIK'])
    expect(city.A13).toEqual([])
  })
})

describe('mapping', () => {
  test('keeps what is said again, supersedes what is not, adds what is new', () => {
    const plan = planMapping([cause('A01'), cause('A02')], [wanted('A01', { primary: true }), wanted('A04')])
    expect(plan).toEqual({
      kept: [{ id: 'id-A01', primary: true }],
      superseded: ['id-A02'],
      added: [wanted('A04')],
    })
  })

  test('keeps Bapperida’s decision while the officer’s words stay the same', () => {
    const decided = cause('A13', { opd: 'DINKES', note: 'Tinggal di kapal.' })
    const same = wanted('A13', { opd: null, note: 'Tinggal di kapal.' })
    expect(planMapping([decided], [same]).kept).toHaveLength(1)
    expect(planMapping([decided], [{ ...same, note: 'Ikut melaut.' }]).superseded).toEqual(['id-A13'])
  })

  test('what an OPD gave back is mapped anew, to the same OPD too (RF-R2)', () => {
    const back = cause('A02', { proposal: proposal('DITOLAK_OPD') })
    expect(planMapping([back], [wanted('A02')])).toEqual({
      kept: [],
      superseded: ['id-A02'],
      added: [wanted('A02')],
    })
  })

  test('what is on a desk is neither dropped nor sent elsewhere (TUN-08)', () => {
    const there = cause('A02', { proposal: proposal('DITERIMA_OPD') })
    for (const otherwise of [[wanted('A01')], [wanted('A02', { opd: 'DINSOS' })]]) {
      expect(() => planMapping([there], otherwise)).toThrow(expect.objectContaining({ code: 'CAUSE_AT_OPD' }))
    }
    expect(planMapping([there], [wanted('A02')]).kept).toHaveLength(1)
  })

  const anyCause = fc.record({
    reason: fc.constantFrom(...ATS_REASONS),
    opd: fc.constantFrom(...ATS_OPDS),
    state: fc.constantFrom(null, ...PROPOSAL_STATES),
  })
  const anyCauses = fc.uniqueArray(anyCause, { selector: ({ reason }) => reason })

  test('whatever stood and whatever is wanted: the wanted stand afterwards, each once, unless it is refused', () => {
    fc.assert(
      fc.property(anyCauses, anyCauses, (before, after) => {
        const current = before.map(({ reason, opd, state }) =>
          cause(reason, { opd, proposal: state && proposal(state) }),
        )
        const want = after.map(({ reason, opd }) => wanted(reason, { opd }))
        const heldElsewhere = current.some(
          (one) =>
            isAtOpd(one) &&
            !want.some(({ reason, opd }) => reason === one.reason && (reason === 'A13' || opd === one.opd)),
        )
        if (heldElsewhere) {
          expect(() => planMapping(current, want)).toThrow()
          return
        }
        const { kept, superseded, added } = planMapping(current, want)
        const standing = [...kept.map(({ id }) => id.slice(3)), ...added.map(({ reason }) => reason)]
        expect(standing.toSorted()).toEqual(want.map(({ reason }) => reason).toSorted())
        expect([...kept.map(({ id }) => id), ...superseded].toSorted()).toEqual(current.map(({ id }) => id).toSorted())
      }),
    )
  })
})

test('an OPD sees what was proposed to it, the city no social case, who maps them all (TUN-R3, PV-14)', () => {
  const causes = [
    cause('A02', { opd: 'DINSOS', proposal: proposal('DIUSULKAN') }),
    cause('A06', { opd: 'DPPPA', proposal: proposal('DIUSULKAN') }),
    cause('A12', { opd: 'DINKES' }),
    cause('A16', { opd: 'DPPPA', proposal: proposal('DIUSULKAN') }),
  ]
  const seen = (looking: Omit<Parameters<typeof causesSeenBy>[0], 'mayReadAt'>, upTo = 3) =>
    causesSeenBy({ ...looking, mayReadAt: (level) => level <= upTo }, causes).map((one) => one.reason)
  expect(seen({ mayMap: true, mayDecide: false, agency: 'KELURAHAN' })).toEqual(['A02', 'A06', 'A12', 'A16'])
  expect(seen({ mayMap: false, mayDecide: true, agency: 'BAPPERIDA' })).toEqual(['A02', 'A12'])
  // A referral of level 4 opens nothing of the child to its receiver (RF-R3).
  expect(seen({ mayMap: false, mayDecide: false, agency: 'DPPPA' })).toEqual(['A06'])
  expect(seen({ mayMap: false, mayDecide: false, agency: 'DPPPA' }, 4)).toEqual(['A06', 'A16'])
  expect(seen({ mayMap: false, mayDecide: false, agency: 'DINKES' })).toEqual([])
})
