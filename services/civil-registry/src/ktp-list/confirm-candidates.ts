import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import type { ChildId, Npsn } from '@satuanak/contracts'
import { fields, list, orRefuse, parseNpsn, problem, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, decide, NotPermitted, permit } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import {
  type Candidate,
  type CandidateState,
  type Decision,
  type Exclusion,
  mayFollow,
  schoolsThatSee,
} from './domain.ts'
import { CandidateNotFound, CandidateNotOpen } from './errors.ts'
import { decideCandidateInTx, findCandidatesInTx } from './repository.ts'

const MOST = 300

export interface ConfirmCandidates {
  readonly requestId: string
  readonly npsn: string
  readonly childIds: readonly string[]
  readonly decision: Decision
  /** Why they are left out; with KELUARKAN only. */
  readonly reason?: Exclusion | null | undefined
}

/**
 * Confirms pupils of a school's list for the next session, leaves them out with a reason (BLG-R1), or takes that back.
 * All or none. A birth date that is not certain is confirmed by an officer of Dukcapil only (ID-22).
 * @throws InvalidInput, CandidateNotFound, CandidateNotOpen, NotPermitted, RequestIdReused.
 */
export async function confirmCandidates(app: RegistryApp, caller: Caller, command: ConfirmCandidates): Promise<Npsn> {
  const { value } = orRefuse(check(command))
  const npsn = value.npsn.code as Npsn
  permit(caller, 'ktp.list.change', { level: 2, schools: [npsn] })
  return app.once(caller, { name: 'confirmCandidates', ...command, input: command }, async (tx) => {
    const groups = await groupOf(tx, value.childIds, app.now())
    const ids = [...groups.values()].flatMap((group) => group.ids)
    const candidates = await findCandidatesInTx(tx, npsn, ids)
    for (const [index, id] of [...new Set(value.childIds)].entries()) {
      const field = `childIds.${index}`
      const group = groups.get(id)
      const candidate = group?.ids.map((one) => candidates.get(one)).find((one) => one !== undefined)
      if (!group || !candidate) throw new CandidateNotFound(field)
      permitOne(caller, { candidate, group, field, today: app.today(), decision: command.decision })
      const state = stateAfter(command.decision, candidate)
      if (!mayFollow(candidate.state, state)) throw new CandidateNotOpen(field, candidate.state)
      await decideCandidateInTx(tx, candidate, {
        state,
        reason: command.reason ?? null,
        by: caller.subject,
        at: app.now(),
      })
    }
    await audit(tx, caller, 'ktp.list.change', value.childIds, { decision: command.decision }, command.reason ?? null)
    return npsn
  })
}

function check({ npsn, childIds, decision, reason }: ConfirmCandidates) {
  return fields(
    {
      npsn: parseNpsn(npsn),
      childIds: list(childIds, (id) => uuid<ChildId>(id), { rule: 'BLG-01', max: MOST }),
    },
    (value) => [
      ...(value.childIds.length === 0 ? [NOBODY] : []),
      ...((decision === 'KELUARKAN') === (reason !== null && reason !== undefined) ? [] : [REASON]),
    ],
  )
}

const NOBODY = problem(
  'BLG-01',
  { id: 'Belum ada murid yang dipilih. Pilih dari daftar.', en: 'No pupil is chosen. Choose from the list.' },
  'childIds',
)
const REASON = problem(
  'BLG-R1',
  {
    id: 'Alasan wajib diisi bila murid dikeluarkan dari daftar, dan hanya pada saat itu.',
    en: 'Give the reason when pupils are left out, and only then.',
  },
  'reason',
)

interface One {
  readonly candidate: Candidate
  readonly group: ChildGroup
  readonly field: string
  readonly today: Temporal.PlainDate
  readonly decision: Decision
}

/** Whom the caller does not see on the list is not there: neither a protected pupil nor a marriage is told (KT-10). */
function permitOne(caller: Caller, { candidate, group, field, today, decision }: One): void {
  const schools = schoolsThatSee(candidate, group.schools, today)
  const facts = { child: group.canonical, level: group.level, schools }
  const seen = decide(caller, 'ktp.list.change', facts)
  if (!seen.allowed) {
    const cause = new NotPermitted('ktp.list.change', seen, group.canonical)
    // Not enumerable, as every cause: for the audit alone.
    throw Object.defineProperty(new CandidateNotFound(field), 'cause', { value: cause })
  }
  if (candidate.state === 'PERLU_PETUGAS' && decision === 'KONFIRMASI') permit(caller, 'ktp.session.plan', facts)
}

function stateAfter(decision: Decision, { uncertain }: Candidate): CandidateState {
  switch (decision) {
    case 'KONFIRMASI':
      return 'DIKONFIRMASI'
    case 'KELUARKAN':
      return 'DIKELUARKAN'
    case 'USULKAN_LAGI':
      return uncertain ? 'PERLU_PETUGAS' : 'DIUSULKAN'
  }
}
