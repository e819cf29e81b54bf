import type { CityChild, CityReferral } from '@satuanak/demo-city'
import { addWorkingDays, createOfficeCalendar } from '@satuanak/domain-kit/clocks'
import { type DemoSpec, demoDay, runDemo } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import { factsAbout } from './demo-facts.ts'
import { flowOf, isReferralType } from './referral/domain-referral-types.ts'
import { prismaFolder } from './service.ts'
import { entryOf } from './timeline/domain.ts'

const CALENDAR = createOfficeCalendar({ zone: 'Asia/Jakarta' })

/** A million children's facts do not fit into memory: rows leave it so many at a time. */
const FLUSH_AT = 20_000

/** The referrals of the demo city, and what every agency would have told of its children. */
export const loadDemo: DemoSpec['load'] = async (city, insert) => {
  const referrals: object[] = []
  const entries: object[] = []
  const flush = async (atLeast: number) => {
    if (referrals.length >= atLeast) await insert('referral', referrals.splice(0))
    if (entries.length >= atLeast) await insert('timeline_entry', entries.splice(0))
  }
  for (const child of city.children) {
    referrals.push(...child.referrals.map((referral) => referralRow(child, referral)))
    entries.push(...factsAbout(child).map((fact) => entryRow(entryOf(fact))))
    await flush(FLUSH_AT)
  }
  await flush(1)
}

function referralRow({ id: child_id, particulars, ats }: CityChild, referral: CityReferral): object {
  const { id, type, from, to, grants, state, sentAt, dueAt, expiresAt, acknowledgedAt, rejected, completed } = referral
  const ackDueAt = addWorkingDays(CALENDAR, Temporal.Instant.from(sentAt), 1).toInstant()
  return {
    id,
    child_id,
    type,
    from_agency: from,
    to_agency: to,
    from_kelurahan: from === 'KELURAHAN' ? (particulars.address?.kelurahan ?? ats?.kelurahan ?? null) : null,
    to_kelurahan: null,
    reason: isReferralType(type) ? `Data uji: ${flowOf(type).title.id.toLowerCase()}.` : 'Data uji.',
    parts: grants,
    state,
    sent_at: sentAt,
    ack_due_at: ackDueAt.toString(),
    due_at: dueAt,
    expires_at: expiresAt,
    accepted_at: acknowledgedAt,
    declined_at: rejected?.at ?? null,
    decline_reason: rejected?.reason ?? null,
    proposed_agency: rejected?.proposed ?? null,
    completed_at: completed?.at ?? null,
    outcome: completed?.outcome ?? null,
    answer_note: null,
    trigger: null,
    sensitivity: 1,
  }
}

const entryRow = ({ childId, at, ...entry }: ReturnType<typeof entryOf>): object => ({
  ...entry,
  child_id: childId,
  at: at.toString(),
})

if (import.meta.main) {
  const today = demoDay(process.env.DEMO_DAY)
  await runDemo({ databaseUrl: parseConfig(process.env).DATABASE_URL, prismaFolder, load: loadDemo, today })
}
