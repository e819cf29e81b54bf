import type { Sex } from '@satuanak/contracts'
import { civil, type Day, type Minute, two, unixMs } from '../calendar.ts'
import type { Random } from '../random.ts'

/** Where a NIK was first given (ID-01, EC-15): the four kecamatan of the city, then elsewhere. All in no province: 99. */
const REGIONS = ['997501', '997502', '997503', '997504', '993325', '993326', '993374', '993175'] as const
export type Region = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7
export const ELSEWHERE: readonly Region[] = [4, 5, 6, 7]

/** Gives out numbers that are unique in one city, in constant memory: one counter per region, day and sex. */
export interface Identifiers {
  /** A UUIDv7 of this moment, in lower case. Unique by a running number inside, not by chance. */
  uuid<Id extends string = string>(minute: Minute): Id
  nik(region: Region, day: Day, sex: Sex): string
  kk(region: Region, day: Day): string
  /** Ten digits starting 99 (ID-12: a mismatch with the birth year is valid). */
  nisn(): string
}

/** `firstDay` is the earliest day that will be asked for, `lastDay` the latest. */
export function createIdentifiers(random: Random, firstDay: Day, lastDay: Day): Identifiers {
  const days = lastDay - firstDay + 1
  const born = new Uint16Array(REGIONS.length * days * 2)
  const households = new Uint16Array(REGIONS.length * days)
  let records = 0
  let pupils = 0
  const nextOf = (counters: Uint16Array, at: number): string => {
    const next = (counters[at] ?? 10_000) + 1
    if (next > 9999) throw new RangeError('More than 9,999 numbers for one day and region, or a day out of range')
    counters[at] = next
    return next < 10 ? `000${next}` : next < 100 ? `00${next}` : next < 1000 ? `0${next}` : `${next}`
  }
  return {
    uuid: <Id extends string>(minute: Minute) => {
      records += 1
      return uuidV7(unixMs(minute), random, records) as Id
    },
    nik: (region, day, sex) => {
      const serial = nextOf(born, (region * days + day - firstDay) * 2 + (sex === 'P' ? 1 : 0))
      return `${REGIONS[region]}${ddmmyy(day, sex === 'P' ? 40 : 0)}${serial}`
    },
    kk: (region, day) => `${REGIONS[region]}${ddmmyy(day, 0)}${nextOf(households, region * days + day - firstDay)}`,
    nisn: () => {
      pupils += 1
      return `99${String(pupils).padStart(8, '0')}`
    },
  }
}

function ddmmyy(day: Day, plus: number): string {
  const { year, month, date } = civil(day)
  return `${two(date + plus)}${two(month)}${two(year % 100)}`
}

/** Time, version 7, 12 random bits, variant, 14 random bits, then the running number and 16 random bits. */
function uuidV7(ms: number, random: Random, record: number): string {
  const high = Math.floor(ms / 0x1_0000_0000)
  const version = hex4(0x7000 + random.below(0x1000))
  const variant = hex4(0x8000 + random.below(0x4000))
  const low = ms % 0x1_0000_0000
  const time = `${hex4(high)}${hex4(low >>> 16)}-${hex4(low)}`
  return `${time}-${version}-${variant}-${hex8(record)}${hex4(random.below(0x10000))}`
}

const BYTE = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))
const hex2 = (value: number) => BYTE[value & 0xff] ?? ''
const hex4 = (value: number) => hex2(value >>> 8) + hex2(value)
const hex8 = (value: number) => hex4(value >>> 16) + hex4(value)
