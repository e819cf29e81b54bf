import { type Level, Npsn } from '@satuanak/contracts'
import type { CityKelurahan } from './kelurahan.ts'
import type { CitySchool, SchoolForm, SchoolProvider } from './model.ts'
import type { Random } from './random.ts'

/** Which seats a child competes for. */
type Track = 'SD' | 'SMP' | 'SMA' | 'SLB' | 'PAKET'

interface Form {
  readonly track: Track
  readonly provider: SchoolProvider
  readonly levels: readonly Level[]
  /** How many of every 60 schools. */
  readonly of60: number
  readonly name: (number: number, kelurahan: string) => string
}

// Numbers from 51 up and invented proper names: no school of the city is called so.
const FORMS: Readonly<Record<SchoolForm, Form>> = {
  SMP: { track: 'SMP', provider: 'SCHOOL', levels: ['SMP'], of60: 9, name: (n) => `SMP Negeri ${50 + n} Pekalongan` },
  SD: { track: 'SD', provider: 'SCHOOL', levels: ['SD'], of60: 27, name: (n, k) => `SD Negeri ${k} ${50 + n}` },
  MI: { track: 'SD', provider: 'MADRASAH', levels: ['SD'], of60: 7, name: (n, k) => `MI Canting Ilmu ${k} ${50 + n}` },
  MTs: {
    track: 'SMP',
    provider: 'MADRASAH',
    levels: ['SMP'],
    of60: 4,
    name: (n, k) => `MTs Canting Ilmu ${k} ${50 + n}`,
  },
  SMA: { track: 'SMA', provider: 'SCHOOL', levels: ['SMA'], of60: 3, name: (n) => `SMA Negeri ${50 + n} Pekalongan` },
  SMK: { track: 'SMA', provider: 'SCHOOL', levels: ['SMA'], of60: 3, name: (n) => `SMK Batik Nusantara ${50 + n}` },
  MA: {
    track: 'SMA',
    provider: 'MADRASAH',
    levels: ['SMA'],
    of60: 1,
    name: (n, k) => `MA Canting Ilmu ${k} ${50 + n}`,
  },
  SLB: {
    track: 'SLB',
    provider: 'SLB',
    levels: ['SD', 'SMP', 'SMA'],
    of60: 1,
    name: (n) => `SLB Pelita Contoh ${50 + n}`,
  },
  PKBM: {
    track: 'PAKET',
    provider: 'PKBM',
    levels: ['PAKET_A', 'PAKET_B', 'PAKET_C'],
    of60: 4,
    name: (n, k) => `PKBM Harapan Pesisir ${k} ${50 + n}`,
  },
  SKB: {
    track: 'PAKET',
    provider: 'SKB',
    levels: ['PAKET_A', 'PAKET_B', 'PAKET_C'],
    of60: 1,
    name: (n) => `SKB Contoh Pekalongan ${50 + n}`,
  },
}
const SIXTY: readonly SchoolForm[] = (Object.keys(FORMS) as SchoolForm[]).flatMap((form) =>
  Array.from({ length: FORMS[form].of60 }, () => form),
)

/** Pupils of a track per child of the city, a little above what the generator's ages and fates come to. */
const SHARE: Readonly<Record<Track, number>> = { SD: 0.36, SMP: 0.17, SMA: 0.17, SLB: 0.012, PAKET: 0.035 }

/** The first SMP and the first PKBM stand here: the personas' school and PKBM. */
const PERSONAS_HOME = '33.75.03.1004'

/** `count` schools for a city of so many children; the mix of every 60 is the same, every kelurahan has an SD. */
export function foundSchools(
  random: Random,
  count: number,
  children: number,
  kelurahan: readonly CityKelurahan[],
): CitySchool[] {
  const forms = Array.from({ length: count }, (_, at) => SIXTY[at % SIXTY.length] ?? 'SD')
  const inTrack = tally(forms.map((form) => FORMS[form].track))
  const numbers = new Map<string, number>()
  const numberOf = (key: string): number => {
    const number = (numbers.get(key) ?? 0) + 1
    numbers.set(key, number)
    return number
  }
  const home = kelurahan.findIndex(({ code }) => code === PERSONAS_HOME)
  return forms.map((form) => {
    const { track, provider, levels, name } = FORMS[form]
    const number = numberOf(form)
    const place = kelurahan[(Math.max(0, home) + number - 1) % kelurahan.length]
    if (place === undefined) throw new RangeError('A city without kelurahan has no schools')
    const npsn = npsnOf(track, numberOf(track === 'PAKET' ? 'non-formal' : 'formal'))
    const fair = (children * SHARE[track]) / (inTrack.get(track) ?? 1)
    const capacity = 30 * Math.ceil((fair * (1.1 + random.next() / 2)) / 30)
    return { npsn, name: name(number, place.name), form, provider, levels, kelurahan: place.code, capacity }
  })
}

const npsnOf = (track: Track, serial: number): Npsn =>
  Npsn.parse(track === 'PAKET' ? `P99${String(serial).padStart(5, '0')}` : `99${String(serial).padStart(6, '0')}`)

function tally<Key>(keys: readonly Key[]): Map<Key, number> {
  const counted = new Map<Key, number>()
  for (const key of keys) counted.set(key, (counted.get(key) ?? 0) + 1)
  return counted
}

/** Who sits where so far; one per generation. */
export interface Seats {
  /** A seat on this track, mostly in that kecamatan; null when the whole city is full. */
  take(track: Track, kecamatan: string): CitySchool | null
}

export function createSeats(random: Random, schools: readonly CitySchool[]): Seats {
  const taken = new Map<CitySchool, number>()
  const trackOf = ({ form }: CitySchool) => FORMS[form].track
  const inCity = Map.groupBy(schools, trackOf)
  const inKecamatan = Map.groupBy(schools, (school) => `${trackOf(school)} ${school.kelurahan.slice(6, 8)}`)
  const sit = (school: CitySchool): boolean => {
    const before = taken.get(school) ?? 0
    if (before >= school.capacity) return false
    taken.set(school, before + 1)
    return true
  }
  return {
    take: (track, kecamatan) => {
      const near = inKecamatan.get(`${track} ${kecamatan}`)
      const first = near && random.chance(0.85) ? random.pick(near) : undefined
      if (first && sit(first)) return first
      const all = inCity.get(track) ?? []
      const from = random.below(all.length)
      for (let step = 0; step < all.length; step += 1) {
        const school = all[(from + step) % all.length]
        if (school && sit(school)) return school
      }
      return null
    },
  }
}
