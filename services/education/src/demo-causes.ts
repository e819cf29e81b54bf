import { randomUUIDv7 } from 'node:crypto'
import { ATS_REASONS, type AtsOpd } from '@satuanak/contracts'
import type { CityChild, CityReferral } from '@satuanak/demo-city'
import type { ProposalState } from './ats/cause/domain.ts'
import { REASONS } from './ats/cause/domain-reasons.ts'
import type { AtsState } from './ats/domain-states.ts'

const OFFICER = 'akun-kelurahan-01'
const COORDINATOR = 'akun-bapperida-01'

const MAPPED: ReadonlySet<AtsState> = new Set(['DIPETAKAN', 'DIUSULKAN', 'DITETAPKAN', 'DIINTERVENSI', 'SELESAI'])

/** The city tells no answers of a family: plain ones for each record whose causes are mapped (TUN-06 before TUN-07). */
export function instrumentRows({ ats }: CityChild): object[] {
  if (!ats?.verified || !MAPPED.has(ats.state)) return []
  const { lastSchool } = ats
  return [
    {
      record_id: ats.id,
      number: 1,
      wish: ats.reasons.includes('A01') ? 'TIDAK_INGIN' : 'INGIN_KEMBALI',
      parents_marriage: 'MENIKAH',
      lives_with: 'ORANG_TUA',
      daily_activity: ats.reasons.includes('A07') ? 'BEKERJA' : 'MEMBANTU_DI_RUMAH',
      child_marriage: ats.reasons.includes('A05') ? 'MENIKAH' : 'BELUM_MENIKAH',
      last_level: lastSchool?.level ?? null,
      last_grade: lastSchool?.grade ?? null,
      left_year: lastSchool === null ? null : Number(lastSchool.leftOn.slice(0, 4)),
      recorded_by: OFFICER,
      recorded_at: ats.verified.at,
    },
  ]
}

/** Each of the city's reasons as a cause, with the referral that it became where the city has one on that desk. */
export function causeRows({ ats, referrals }: CityChild): object[] {
  if (!ats?.verified || !MAPPED.has(ats.state)) return []
  const { id: record_id, state, reasons, verified } = ats
  const isProposed = state !== 'DIPETAKAN'
  return ATS_REASONS.filter((reason) => reasons.includes(reason)).map((reason) => {
    const usual: AtsOpd | null = REASONS[reason].opds[0] ?? null
    // Another cause (A13) got its OPD from Bapperida before it was proposed.
    const isDecided = usual === null && isProposed
    const opd = isDecided ? 'DISDIK' : usual
    const referral = isProposed ? referrals.find((one) => isAnswerable(one) && one.to === opd) : undefined
    return {
      id: randomUUIDv7(),
      record_id,
      reason,
      primary: reason === reasons[0],
      opd,
      note: reason === 'A13' ? 'Keluarga berpindah-pindah mengikuti pekerjaan.' : null,
      mapped_by: OFFICER,
      mapped_at: verified.at,
      decided_by: isDecided ? COORDINATOR : null,
      decided_at: isDecided ? verified.at : null,
      proposal: isProposed ? proposalOf(referral) : null,
      proposed_at: isProposed ? (referral?.sentAt ?? verified.at) : null,
      referral_id: referral?.id ?? null,
      answered_at: referral?.completed?.at ?? referral?.acknowledgedAt ?? null,
      outcome: referral?.completed?.outcome ?? null,
    }
  })
}

/** What was given back was proposed anew, for the record is proposed. */
const isAnswerable = ({ from, state }: CityReferral): boolean => from === 'KELURAHAN' && state !== 'DITOLAK'

function proposalOf(referral: CityReferral | undefined): ProposalState {
  if (referral?.state === 'SELESAI') return 'SELESAI'
  return referral?.state === 'DITERIMA' ? 'DITERIMA_OPD' : 'DIUSULKAN'
}
