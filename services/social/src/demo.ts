import type { CityAssessment, CityChild, CityContact } from '@satuanak/demo-city'
import { type DemoSpec, demoDay, runDemo } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import { prismaFolder } from './service.ts'

const ACTOR = 'akun-petugas-sosial-01'

/** The street contacts and assessments of the demo city. */
export const loadDemo: DemoSpec['load'] = async (city, insert) => {
  const contacts: object[] = []
  const assessments: object[] = []
  for (const child of city.children) {
    contacts.push(...(child.outreach?.contacts ?? []).map((contact) => contactRow(child, contact)))
    if (child.outreach?.assessment) assessments.push(assessmentRow(child, child.outreach.assessment))
  }
  await insert('street_contact', contacts)
  await insert('assessment', assessments)
}

const contactRow = ({ id: child_id }: CityChild, { id, at, kelurahan, place, activity, repeat }: CityContact) => ({
  id,
  child_id,
  met_on: dayOf(at),
  kelurahan,
  place,
  activity,
  note: null,
  repeat,
  recorded_by: ACTOR,
  recorded_at: at,
})

const assessmentRow = ({ id: child_id }: CityChild, { id, at, droppedOut, needs, note }: CityAssessment) => ({
  id,
  child_id,
  done_on: dayOf(at),
  dropped_out: droppedOut,
  needs,
  conclusion: note,
  recorded_by: ACTOR,
  recorded_at: at,
})

const dayOf = (instant: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Jakarta').toPlainDate().toString()

if (import.meta.main) {
  const today = demoDay(process.env.DEMO_DAY)
  await runDemo({ databaseUrl: parseConfig(process.env).DATABASE_URL, prismaFolder, load: loadDemo, today })
}
