import type { KelurahanCode, Sex } from '@satuanak/contracts'
import type { Day } from '../calendar.ts'
import type { CityKelurahan } from '../kelurahan.ts'
import type { Random } from '../random.ts'
import type { Identifiers, Region } from './identifiers.ts'
import { chooseStyle, type NameStyle, parentName, surnameOf } from './names.ts'

const STREETS = [
  'Jl. Progo', 'Jl. Serayu', 'Jl. Kenanga', 'Jl. Melati', 'Jl. Kakap', 'Jl. Bandeng', 'Jl. Cendrawasih', 'Jl. Parkit',
  'Jl. Mangga', 'Jl. Sawo', 'Jl. Anggrek', 'Jl. Batik Tulis', 'Jl. Canting', 'Jl. Sogan', 'Jl. Perahu', 'Jl. Jangkar',
  'Gg. Masjid', 'Gg. Tambak', 'Gg. Pesantren', 'Gg. Makam', 'Gg. Langgar', 'Gg. Sumur', 'Gg. Pandan', 'Gg. Kelapa',
] as const // biome-ignore format: a list of words

/** A child to be, before anybody has written it down. */
export interface Birth {
  readonly day: Day
  readonly sex: Sex
  /** 1 or 2 for twins (EC-06), else null. */
  readonly birthOrder: number | null
}

export interface Household {
  readonly number: number
  readonly style: NameStyle
  readonly surname: string
  /** Null: nobody knows who the mother is (EC-12). */
  readonly motherName: string | null
  readonly fatherName: string | null
  readonly region: Region
  readonly kk: string
  readonly kkIssued: Day
  readonly address: {
    readonly kelurahan: KelurahanCode
    readonly rt: string | null
    readonly rw: string | null
    readonly line: string
  }
  readonly births: readonly Birth[]
}

/** Household `number`, living in `home`, with one to five children under 19 on `today`. */
export function foundHousehold(
  random: Random,
  identifiers: Identifiers,
  number: number,
  home: CityKelurahan,
  today: Day,
): Household {
  const style = chooseStyle(random)
  const surname = surnameOf(random)
  const foundling = random.chance(0.003)
  const region = (Number(home.kecamatan) - 1) as Region
  const kkIssued = today - random.between(20, 15 * 365)
  return {
    number,
    style,
    surname,
    motherName: foundling ? null : parentName(random, style, 'P', surnameOf(random)),
    fatherName: foundling || random.chance(0.06) ? null : parentName(random, style, 'L', surname),
    region,
    kk: identifiers.kk(region, kkIssued),
    kkIssued,
    address: addressIn(random, home),
    births: foundling ? births(random, today).slice(0, 1) : births(random, today),
  }
}

function addressIn(random: Random, home: CityKelurahan): Household['address'] {
  const rural = random.chance(0.006) // RT and RW are unknown for a few (EC-16)
  const line = `${random.pick(STREETS)} No. ${random.between(1, 148)}`
  return {
    kelurahan: home.code,
    rt: rural ? null : threeDigits(random.between(1, 9)),
    rw: rural ? null : threeDigits(random.between(1, 14)),
    line,
  }
}

const threeDigits = (value: number) => String(value).padStart(3, '0')

function births(random: Random, today: Day): Birth[] {
  const born: Birth[] = []
  let day = today - random.between(30, 18 * 365 + 340)
  for (let wanted = 1 + random.often([0, 1, 2, 3]); wanted > 0 && day < today - 3; wanted -= 1) {
    const sex: Sex = random.chance(0.512) ? 'L' : 'P'
    if (random.chance(0.014)) {
      const other: Sex = random.chance(0.6) ? sex : sex === 'L' ? 'P' : 'L'
      born.push({ day, sex, birthOrder: 1 }, { day, sex: other, birthOrder: 2 })
    } else {
      born.push({ day, sex, birthOrder: null })
    }
    day += random.between(420, 2000)
  }
  return born
}
