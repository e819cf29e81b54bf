import { civil, type Day, dayFromCivil, dayOf, MINUTES, type Minute } from './calendar.ts'
import { type CityKelurahan, kotaPekalongan } from './kelurahan.ts'
import type { CityChild, CitySchool } from './model.ts'
import { nameFor, writeDown } from './people/child.ts'
import { duplicateOf } from './people/duplicate.ts'
import { foundHousehold, type Household } from './people/household.ts'
import { createIdentifiers } from './people/identifiers.ts'
import { createRandom } from './random.ts'
import { createSeats, foundSchools } from './schools.ts'
import type { Telling } from './stories/telling.ts'

export interface CityPlan {
  /** Same seed, same `today`, same numbers: same city, byte for byte. */
  readonly seed?: number
  /** How many records of children, duplicates included. Default 5,000. */
  readonly children?: number
  /** Default 60, or one per 250 children where that is more. */
  readonly schools?: number
  /** Everything told lies before the midnight at which this day begins. */
  readonly today: Temporal.PlainDate
}

export interface City {
  readonly kelurahan: readonly CityKelurahan[]
  readonly schools: readonly CitySchool[]
  /** How many `children` will yield. */
  readonly size: number
  /** Made while you read, household by household, in constant memory; each reading starts anew and is the same. */
  readonly children: Iterable<CityChild>
}

const REGISTER_DAYS = 20
const SHARE_OF_DUPLICATES = 0.012

/** A synthetic Kota Pekalongan on its real kelurahan. Nobody and no school in it exists (PV-17). */
export async function generateCity({ seed = 3375, children = 5000, schools, today }: CityPlan): Promise<City> {
  const kelurahan = await kotaPekalongan()
  const count = schools ?? Math.max(60, Math.ceil(children / 250))
  const founded = foundSchools(createRandom(seed), count, children, kelurahan)
  const day = dayOf(today)
  return {
    kelurahan,
    schools: founded,
    size: children,
    children: { [Symbol.iterator]: () => tell(seed, children, day, kelurahan, founded) },
  }
}

function* tell(
  seed: number,
  size: number,
  today: Day,
  kelurahan: readonly CityKelurahan[],
  schools: readonly CitySchool[],
): Generator<CityChild, undefined> {
  const telling = createTelling(seed, today, kelurahan, schools)
  const homes = unevenly(telling)
  let told = 0
  for (let number = 0; told < size; number += 1) {
    // The first households settle one per kelurahan: none stays empty, however small the city.
    const home = kelurahan[number] ?? telling.random.pick(homes)
    const household = foundHousehold(telling.random, telling.identifiers, number, home, today)
    for (const child of recordsOf(telling, household, () => registeredAt(today, told, size))) {
      if (told === size) return
      told += 1
      yield child
    }
  }
}

function createTelling(
  seed: number,
  today: Day,
  kelurahan: readonly CityKelurahan[],
  schools: readonly CitySchool[],
): Telling {
  const random = createRandom(seed + 1)
  const { year, month } = civil(today)
  const schoolYear = month >= 7 ? year : year - 1
  return {
    random,
    identifiers: createIdentifiers(random, today - 22 * 366, today),
    seats: createSeats(random, schools),
    kelurahan,
    today,
    now: today * MINUTES,
    schoolYear: { year: schoolYear, ageDay: dayFromCivil(schoolYear, 7, 1) },
  }
}

/** Some kelurahan have twice the people of others. */
const unevenly = ({ random, kelurahan }: Telling): CityKelurahan[] =>
  kelurahan.flatMap((one) => Array.from({ length: random.between(4, 9) }, () => one))

/** The registry was filled over three weeks, a good year ago, in the order of the records. */
const registeredAt = (today: Day, at: number, size: number): Minute =>
  (today - 400) * MINUTES + Math.floor((at / size) * REGISTER_DAYS * MINUTES)

function* recordsOf(telling: Telling, household: Household, registered: () => Minute): Generator<CityChild> {
  const names: string[] = []
  for (const birth of household.births) {
    const name = nameFor(telling.random, household, birth, names)
    names.push(name)
    const { grade, ...child } = writeDown(telling, household, birth, name, registered())
    yield child
    // Other agencies meet children of school age.
    if (grade >= 1 && telling.random.chance(SHARE_OF_DUPLICATES)) yield duplicateOf(telling, child, grade)
  }
}
