import { type ChildId, PAPERS, type Particulars } from '@satuanak/contracts'
import { isoInstant, type Minute } from '../calendar.ts'
import type { CityChild } from '../model.ts'
import { tellOutOfSchool } from '../stories/out-of-school.ts'
import { tellStreet } from '../stories/street.ts'
import { officeHour, type Telling } from '../stories/telling.ts'
import { otherSpelling } from './names.ts'

/**
 * The same child written down once more by an agency that took it for a new one: another spelling, no NIK, often a
 * rough date. `truth` says whose record it really is; nothing else does.
 */
export function duplicateOf(telling: Telling, child: CityChild, grade: number): CityChild {
  const { random, identifiers, today } = telling
  const met = grade <= 12 && random.chance(0.5) ? tellStreet(telling, false, true) : null
  const at: Minute = met?.firstAt ?? officeHour(random, today - random.between(5, 330))
  const id = identifiers.uuid<ChildId>(at)
  const home = child.ats?.kelurahan ?? child.particulars.address?.kelurahan
  const ats =
    met === null && home !== undefined
      ? tellOutOfSchool(telling, { source: 'MINISTRY', at: at + 10, grade, home, enrolled: true }).ats
      : null
  return {
    ...child,
    id,
    truth: child.truth,
    particulars: asHeard(telling, child.particulars),
    kk: null,
    kkIssuedOn: null,
    nisn: null,
    level: met ? 3 : 2,
    missing: PAPERS,
    met: { by: met ? 'social' : 'education', at: isoInstant(at) },
    enrolment: null,
    ats,
    outreach: met?.outreach ?? null,
    referrals: [],
  }
}

function asHeard({ random, kelurahan }: Telling, known: Particulars): Particulars {
  const elsewhere = random.chance(0.2) ? random.pick(kelurahan).code : known.address?.kelurahan
  return {
    ...known,
    ...birthAsHeard(random.next(), known),
    name: otherSpelling(random, known.name),
    motherName: known.motherName && (random.chance(0.5) ? otherSpelling(random, known.motherName) : known.motherName),
    nik: null,
    address: known.address && {
      ...known.address,
      kelurahan: elsewhere ?? known.address.kelurahan,
      line: random.chance(0.5) ? known.address.line : null,
    },
  }
}

function birthAsHeard(share: number, known: Particulars): Pick<Particulars, 'birthDate' | 'birthDatePrecision'> {
  if (known.birthDate === null || share < 0.55) {
    return { birthDate: known.birthDate, birthDatePrecision: known.birthDatePrecision }
  }
  if (share < 0.65) return { birthDate: null, birthDatePrecision: 'TAKSIRAN' }
  return { birthDate: `${known.birthDate.slice(0, 4)}-07-01`, birthDatePrecision: 'TAHUN' }
}
