import type { SiakRecord } from './domain.ts'
import { type Siak, SiakAway, SiakQuotaExhausted } from './port.ts'

/** The register of a house that is connected to none: in memory, with data, a quota and faults of its own. */
export interface StandIn extends Siak {
  /** Puts a person into the register, or changes what it says of one. */
  put(nik: string, record: SiakRecord): void
  /** From now on the register is away, or back. */
  setAway(away: boolean): void
  /** How often each NIK was asked, by local day (`2026-11-23`). */
  readonly asked: ReadonlyMap<string, ReadonlyMap<string, number>>
}

export interface StandInParts {
  readonly dailyQuota: number
  /** Today where the register stands. */
  today(): Temporal.PlainDate
}

/** The stand-in, empty. Its source is `SIAK_TIRUAN`, with every answer: nobody may take it for the register. */
export function createStandIn({ dailyQuota, today }: StandInParts): StandIn {
  const records = new Map<string, SiakRecord>()
  const asked = new Map<string, Map<string, number>>()
  const taken = new Map<string, number>()
  let isAway = false
  const count = (nik: string): void => {
    const day = today().toString()
    const soFar = taken.get(day) ?? 0
    if (soFar >= dailyQuota) throw new SiakQuotaExhausted()
    taken.set(day, soFar + 1)
    const ofDay = asked.get(day) ?? new Map<string, number>()
    asked.set(day, ofDay.set(nik, (ofDay.get(nik) ?? 0) + 1))
  }
  return {
    source: 'SIAK_TIRUAN',
    asked,
    put: (nik, record) => void records.set(nik, record),
    setAway: (away) => {
      isAway = away
    },
    correct: async (nik, changes) => {
      if (isAway) throw new SiakAway()
      const record = records.get(nik)
      if (!record) return { found: false }
      const corrected = { ...record, ...changes }
      records.set(nik, corrected)
      return { found: true, record: corrected }
    },
    lookUp: async (nik) => {
      if (isAway) throw new SiakAway()
      count(nik)
      const record = records.get(nik)
      return record ? { found: true, record } : { found: false }
    },
  }
}
