import { type ChildId, PAPERS, type Paper, type Particulars } from '@satuanak/contracts'
import { ageOn, dayFromCivil, isoDate, isoInstant, MINUTES, type Minute } from '../calendar.ts'
import type { CityChild } from '../model.ts'
import type { Random } from '../random.ts'
import { type Life, type Lot, tellLife } from '../stories/life.ts'
import type { Telling } from '../stories/telling.ts'
import { type WrittenBirth, writeBirth } from './birth-date.ts'
import type { Birth, Household } from './household.ts'
import { ELSEWHERE } from './identifiers.ts'
import { givenName } from './names.ts'

/** Since Permendagri 73/2022 a new name has two words (ID-19). */
const TWO_WORDS_SINCE = dayFromCivil(2022, 4, 21)

/** The first record of a child of this household. `registered`: when the registry would have written it. */
export function writeDown(
  telling: Telling,
  household: Household,
  birth: Birth,
  name: string,
  registered: Minute,
): CityChild & { readonly grade: number } {
  const { random, identifiers } = telling
  const lot = drawLot(random, ageOn(birth.day, telling.today), birth)
  const life = tellLife(telling, household, birth, lot)
  const written = birth.birthOrder
    ? exactly(birth)
    : writeBirth(random, birth.day, telling.today, lot.street && lot.lacksNik)
  const missing = missingPapers(random, lot, life.papersIssued)
  const met = metBy(telling, birth, lot, life, registered)
  const id = identifiers.uuid<ChildId>(met.minute)
  return {
    id,
    truth: id,
    family: household.number,
    birthOrder: birth.birthOrder,
    particulars: particularsOf(telling, household, birth, name, written, !missing.includes('NIK')),
    fatherName: household.fatherName,
    kk: missing.includes('KK') ? null : household.kk,
    kkIssuedOn: missing.includes('KK') ? null : isoDate(household.kkIssued),
    nisn: life.everPupil && random.chance(0.99) ? identifiers.nisn() : null,
    level: lot.sheltered || lot.victim ? 4 : lot.street ? 3 : 2,
    missing,
    met: { by: met.by, at: isoInstant(met.minute) },
    enrolment: life.enrolment,
    ats: life.ats,
    outreach: life.outreach,
    referrals: life.referrals,
    grade: life.grade,
  }
}

/** A name no brother or sister has. */
export function nameFor(random: Random, household: Household, birth: Birth, taken: readonly string[]): string {
  const short = household.style === 'ONE_WORD' && birth.day > TWO_WORDS_SINCE
  const style = short ? 'JAVANESE' : household.style
  let name = givenName(random, style, birth.sex, household.surname)
  while (taken.includes(name)) name = givenName(random, style, birth.sex, household.surname)
  return name
}

/** What befalls a child. The shares are made up, so that a small city has some of everything. */
function drawLot(random: Random, age: number, birth: Birth): Lot {
  const street = age >= 7 && age <= 17 && random.chance(birth.sex === 'L' ? 0.03 : 0.014)
  const lacksNik = random.chance(street ? 0.4 : 0.018)
  return {
    street,
    lacksNik,
    lacksAkta: lacksNik || random.chance(street ? 0.3 : 0.02),
    special: random.chance(0.006),
    sheltered: street && random.chance(0.08),
    victim: !street && age >= 4 && random.chance(0.0025),
  }
}

const exactly = ({ day }: Birth): WrittenBirth => ({ day, birthDate: isoDate(day), birthDatePrecision: 'HARI' })

function missingPapers(random: Random, lot: Lot, issued: boolean): Paper[] {
  const lacks: Readonly<Record<Paper, boolean>> = {
    NIK: lot.lacksNik && !issued,
    AKTA: lot.lacksAkta && !issued,
    KK: random.chance(lot.lacksNik ? 0.3 : 0.008) && !issued,
    KIA: random.chance(0.35) || (lot.lacksNik && !issued),
  }
  return PAPERS.filter((paper) => lacks[paper])
}

function particularsOf(
  telling: Telling,
  household: Household,
  birth: Birth,
  name: string,
  written: WrittenBirth,
  hasNik: boolean,
): Particulars {
  const { random } = telling
  return {
    name,
    sex: birth.sex,
    birthDate: written.birthDate,
    birthDatePrecision: written.birthDatePrecision,
    birthPlace: random.chance(0.04) ? null : random.often(BIRTH_PLACES),
    motherName: household.motherName,
    nik: hasNik ? nikOf(telling, household, birth, written) : null,
    address: household.address,
  }
}

const BIRTH_PLACES = [
  'Pekalongan',
  'Pekalongan',
  'Pekalongan',
  'Pekalongan',
  'Batang',
  'Pemalang',
  'Semarang',
  'Jakarta',
]

/** Mostly of the home kecamatan and the written date; the traps of ID-05 and EC-15 are there, seldom. */
function nikOf({ random, identifiers }: Telling, household: Household, birth: Birth, written: WrittenBirth): string {
  const region = random.chance(0.06) ? random.pick(ELSEWHERE) : household.region
  if (birth.birthOrder) return identifiers.nik(household.region, birth.day, birth.sex)
  const day = random.chance(0.008) ? written.day - random.between(1, 300) : written.day
  const sex = random.chance(0.002) ? (birth.sex === 'L' ? 'P' : 'L') : birth.sex
  return identifiers.nik(region, day, sex)
}

function metBy(
  { random, today }: Telling,
  birth: Birth,
  lot: Lot,
  life: Life,
  registered: Minute,
): { by: CityChild['met']['by']; minute: Minute } {
  if (life.metAt !== null && lot.lacksNik) return { by: 'social', minute: life.metAt }
  if (lot.lacksNik && life.enrolment !== null && life.ats === null) return { by: 'education', minute: registered }
  const afterBirth = Math.min(today - 1, birth.day + random.between(3, 50)) * MINUTES + 10 * 60
  return { by: 'civil-registry', minute: Math.max(registered, afterBirth) }
}
