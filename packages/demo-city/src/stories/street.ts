import type { Need } from '@satuanak/contracts'
import { isoInstant, MINUTES, type Minute } from '../calendar.ts'
import type { CityAssessment, CityContact, CityOutreach } from '../model.ts'
import { createStory, type Telling } from './telling.ts'

const PLACES = ['Alun-alun', 'Terminal', 'Stasiun', 'Lampu merah', 'Pasar', 'Pantai Pasir Kencana', 'Taman kota', 'Depan masjid'] // biome-ignore format: a list
/** The codes of SW-02, the commonest first. */
const ACTIVITIES = ['LOPER_KORAN', 'PENGAMEN', 'PEDAGANG_ASONGAN', 'PEMULUNG', 'PENGEMIS', 'LAINNYA']
const NOTES = [
  'Anak bekerja sepulang siang hari; penghasilan diserahkan kepada keluarga.',
  'Anak tinggal bersama nenek; orang tua bekerja di luar kota.',
  'Anak ingin belajar lagi, tetapi takut diejek karena lebih tua dari teman sekelas.',
  'Koordinator loper koran menyanggupi anak tidak dijadwalkan pada jam belajar.',
  'Keluarga berpindah kontrakan beberapa kali; dokumen keluarga tidak lengkap.',
]

export interface Met {
  readonly outreach: CityOutreach
  readonly firstAt: Minute
  readonly assessedAt: Minute | null
}

/** A child met on the street once or more, on different days, and mostly assessed soon after (TPI-03). */
export function tellStreet(telling: Telling, outOfSchool: boolean, lacksPapers: boolean): Met {
  const { random, today } = telling
  const firstDay = today - random.between(2, 260)
  const [place, activity] = [random.pick(PLACES), random.pick(ACTIVITIES)]
  const kelurahan = random.pick(telling.kelurahan).code
  const contactAt = (at: Minute, repeat: boolean): CityContact => {
    return { id: telling.identifiers.uuid(at), at: isoInstant(at), kelurahan, place, activity, repeat }
  }
  const firstAt = firstDay * MINUTES + streetHour(telling)
  const contacts: [CityContact, ...CityContact[]] = [contactAt(firstAt, false)]
  for (let day = firstDay + random.between(7, 60); day < today && random.chance(0.4); day += random.between(7, 60)) {
    contacts.push(contactAt(day * MINUTES + streetHour(telling), true))
  }
  const assessedAt = createStory(telling, firstAt).next(0, 4, 0.15)
  const assessment = assessedAt === null ? null : assess(telling, assessedAt, outOfSchool, lacksPapers)
  return { outreach: { contacts, assessment }, firstAt, assessedAt }
}

function assess(
  { random, identifiers }: Telling,
  at: Minute,
  droppedOut: boolean,
  lacksPapers: boolean,
): CityAssessment {
  const needs: Need[] = []
  if (droppedOut) needs.push('EDUCATION')
  if (lacksPapers) needs.push('IDENTITY')
  if (random.chance(0.12)) needs.push('HEALTH')
  if (random.chance(0.1)) needs.push('PROTECTION')
  if (random.chance(0.4)) needs.push('FAMILY_AID')
  return { id: identifiers.uuid(at), at: isoInstant(at), droppedOut, needs, note: random.pick(NOTES) }
}

/** Any day, from nine in the morning to eight in the evening. */
const streetHour = ({ random }: Telling): number => random.between(9 * 60, 20 * 60)
