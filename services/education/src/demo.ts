import type { CityChild, CitySchool } from '@satuanak/demo-city'
import { type DemoSpec, demoDay, runDemo } from '@satuanak/service-kit'
import { isFinal } from './ats/domain-states.ts'
import { parseConfig } from './config.ts'
import { causeRows, instrumentRows } from './demo-causes.ts'
import { prismaFolder } from './service.ts'

const OFFICE = 'akun-disdik-01'
const VOLUNTEER = 'akun-relawan-01'

/** The schools, pupils and out-of-school children of the demo city. */
export const loadDemo: DemoSpec['load'] = async (city, insert) => {
  const enrolments: object[] = []
  const records: object[] = []
  const checks: object[] = []
  const instruments: object[] = []
  const causes: object[] = []
  for (const child of city.children) {
    enrolments.push(...enrolmentRows(child))
    records.push(...atsRows(child))
    checks.push(...checkRows(child))
    instruments.push(...instrumentRows(child))
    causes.push(...causeRows(child))
  }
  await insert('school', city.schools.map(schoolRow))
  await insert('enrolment', enrolments)
  await insert('ats_record', records)
  await insert('ats_field_check', checks)
  await insert('ats_instrument', instruments)
  await insert('ats_cause', causes)
}

const schoolRow = ({ npsn, name, form, levels, provider, kelurahan, capacity }: CitySchool) => ({
  npsn,
  name,
  levels,
  provider,
  kelurahan,
  capacity,
  kind: form.toUpperCase(),
})

function enrolmentRows({ id: child_id, enrolment }: CityChild): object[] {
  if (enrolment === null) return []
  const { id, npsn, level, grade, startedOn: started_on } = enrolment
  const recorded_at = `${started_on}T08:00:00+07:00`
  return [{ id, child_id, npsn, level, grade, started_on, ended_on: null, recorded_by: OFFICE, recorded_at }]
}

function atsRows({ id: child_id, ats, enrolment }: CityChild): object[] {
  if (ats === null) return []
  const { id, category, source, state, kelurahan, reportedAt, verified, reentered } = ats
  return [
    {
      id,
      child_id,
      category,
      source,
      state,
      kelurahan,
      note: null,
      reported_by: OFFICE,
      reported_at: reportedAt,
      verified_at: verified?.at ?? null,
      outcome: verified?.outcome ?? null,
      outcome_npsn: verified?.outcome === 'V01' ? (enrolment?.npsn ?? null) : null,
      closed_at: isFinal(state) ? (reentered?.at ?? verified?.at) : null,
      closed_by: reentered === null ? null : (enrolment?.id ?? null),
    },
  ]
}

/** The city tells no visits: one for each verified record (TUN-R2), two where the child was not found (AT-04). */
function checkRows({ ats }: CityChild): object[] {
  const verified = ats?.verified
  if (!verified) return []
  const on = Temporal.Instant.from(verified.at).toZonedDateTimeISO('Asia/Jakarta').toPlainDate()
  const inVain = ats.state === 'TIDAK_DITEMUKAN'
  const days = inVain ? [on.subtract({ days: 1 }), on] : [on]
  return days.map((day, at) => ({
    record_id: ats.id,
    number: at + 1,
    checked_on: day.toString(),
    method: 'KUNJUNGAN_RUMAH',
    result: inVain ? 'TIDAK_DITEMUKAN' : 'BERTEMU_KELUARGA',
    volunteer: VOLUNTEER,
    recorded_by: OFFICE,
    recorded_at: verified.at,
  }))
}

if (import.meta.main) {
  const today = demoDay(process.env.DEMO_DAY)
  await runDemo({ databaseUrl: parseConfig(process.env).DATABASE_URL, prismaFolder, load: loadDemo, today })
}
