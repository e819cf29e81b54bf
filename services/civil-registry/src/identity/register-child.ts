import { checkParticulars, groupOf, type ParticularsInput, saveChildKnownInTx } from '@satuanak/child-kit'
import type { ChildId, Particulars, Sensitivity } from '@satuanak/contracts'
import { PAPERS, type Paper } from '@satuanak/contracts'
import { fields, given, list, matchKeys, type Notice, oneOf, orRefuse, problem } from '@satuanak/domain-kit'
import { audit, type Caller, decide, permit } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { type CheckedKk, checkKk, type KkInput, writeKkInTx } from '../kk/write-kk.ts'
import { findCandidatesInTx, keepFindableInTx } from '../matching/find-candidates.ts'
import { checkRecord, type RecordInput, type RecordSaid, recordNotices, saidBy } from '../record/check-record.ts'
import { motherKey, type StatedPaper, writeFirstStatementInTx } from '../record/write-statement.ts'
import { keepPairsInTx } from '../review/keep-pairs.ts'
import { missingPapers, type Person } from './domain.ts'
import { NikTaken } from './errors.ts'
import { hexOf } from './nik-custody.ts'
import { findChildrenByNik, lockRegistrationInTx, type MatchKeys, savePersonInTx } from './repository.ts'
import { lockedNikInTx, sealNikInTx } from './seal-nik.ts'

export interface RegisterChild {
  readonly requestId: string
  readonly child: ParticularsInput
  /** Papers the officer has seen, besides the NIK. */
  readonly papers: readonly Paper[]
  readonly record?: RecordInput | null | undefined
  /** What all this is copied from; null: by word of mouth. */
  readonly paper?: StatedPaper | null | undefined
  readonly kk?: KkInput | null | undefined
}

/** What a registration leaves: the child, and what an officer should look at again. */
export interface Registered {
  readonly childId: ChildId
  readonly warnings: readonly Notice[]
}

/**
 * Registers a child at the civil registry's or another agency's desk (TUN-03, EC-05: with or without a NIK).
 * @throws InvalidInput, NotPermitted outside the caller's kelurahan, NikTaken, RequestIdReused.
 */
export async function registerChild(app: RegistryApp, caller: Caller, command: RegisterChild): Promise<Registered> {
  const { value, warnings } = orRefuse(check(command, app.today()))
  permit(caller, 'person.register', { level: 2, kelurahan: value.child.address ? [value.child.address.kelurahan] : [] })
  const childId = await app.once(caller, { name: 'registerChild', ...command, input: command }, async (tx) => {
    const { nik } = value.child
    const seen: readonly (Paper | false)[] = [...value.papers, nik !== null && 'NIK', value.kk !== null && 'KK']
    if (nik !== null) await refuseTakenNik(app, tx, caller, nik)
    const id = app.newId<ChildId>()
    const person = await writePerson(app, tx, {
      id,
      particulars: value.child,
      held: [...new Set(seen.filter((paper) => paper !== false))],
      registeredBy: caller.agency,
      said: { more: value.record, paper: command.paper ?? null, recordedBy: caller.subject },
    })
    if (person === null) throw new Error('a new id was taken')
    if (value.kk)
      await writeKkInTx(app, tx, value.kk, { personId: id, agency: caller.agency, recordedBy: caller.subject })
    await saveChildKnownInTx(tx, id)
    await audit(tx, caller, 'person.register', [id])
    await emit(tx, {
      type: 'civil-registry.person.registered.v1',
      subject: id,
      data: { missing: missingPapers(person.held), kelurahan: person.address?.kelurahan ?? null },
      actor: caller.subject,
      org: caller.agency,
      sensitivity: 2,
      time: app.now(),
      correlationid: command.requestId,
    })
    return id
  })
  return { childId, warnings: [...warnings, ...recordNotices(saidBy(value.child, value.record))] }
}

function check({ child, papers, record, kk }: RegisterChild, today: Temporal.PlainDate) {
  return fields(
    {
      child: checkParticulars(child, today),
      papers: list(papers, (paper) => oneOf(paper, PAPERS, { rule: 'RF-02' }), { rule: 'RF-02', max: PAPERS.length }),
      record: checkRecord(record ?? {}),
      kk: kk ? checkKk(kk, today) : given<CheckedKk | null>(null),
    },
    (value) => (value.papers.includes('NIK') && value.child.nik === null ? [NIK_NOT_WRITTEN] : []),
  )
}

const NIK_NOT_WRITTEN = problem(
  'RF-02',
  {
    id: 'NIK disebut sudah ada, tetapi nomornya belum diisi. Isi NIK-nya, atau keluarkan NIK dari daftar dokumen.',
    en: 'The NIK is said to be there, but its number is not given. Fill in the NIK, or take it off the list of papers.',
  },
  'papers',
)

/**
 * Refuses a NIK that a child holds already; until the transaction ends nobody else can take it (ID-08). Of a hidden
 * holder nobody is told who may not know of the child (PV-14): both are kept, as when an agency presents one (EC-01).
 */
export async function refuseTakenNik(app: RegistryApp, tx: RegistryTx, caller: Caller, nik: string): Promise<void> {
  const indexes = await lockedNikInTx(app, tx, nik)
  const holders = await groupOf(tx, await findChildrenByNik(tx, indexes), app.now())
  if ([...holders.values()].some(({ level }) => mayKnowOf(caller, level))) throw new NikTaken('nik')
}

function mayKnowOf(caller: Caller, level: Sensitivity): boolean {
  const decision = decide(caller, 'person.register', { level })
  return decision.allowed || decision.reason !== 'HIDDEN'
}

interface Incoming {
  readonly id: ChildId
  readonly particulars: Particulars
  readonly held: readonly Paper[]
  readonly registeredBy: Person['registeredBy']
  /** What the registry's own desk adds to its first statement; an agency's presentation has the particulars alone. */
  readonly said?: { readonly more: RecordSaid; readonly paper: StatedPaper | null; readonly recordedBy: string }
}

/** Writes a person down, its NIK sealed, and what the index found put before the review desk; null where the id is there already. */
export async function writePerson(app: RegistryApp, tx: RegistryTx, incoming: Incoming): Promise<Person | null> {
  const { nik, ...particulars } = incoming.particulars
  const keys = keysOf(particulars)
  await lockRegistrationInTx(tx, 'side by side')
  const sealed = nik === null ? null : await sealNikInTx(app, tx, nik, incoming.id)
  const nikIndex = sealed && hexOf(sealed.index)
  const child = { ...particulars, motherName: keys.mother && particulars.motherName, id: incoming.id, nikIndex }
  const candidates = await findCandidatesInTx(tx, child)
  const person: Person = {
    ...particulars,
    id: incoming.id,
    nikLast4: sealed?.last4 ?? null,
    held: incoming.held,
    match: candidates[0]?.verdict ?? 'TIDAK_ADA',
    registeredBy: incoming.registeredBy,
    registeredAt: app.now(),
  }
  if (!(await savePersonInTx(tx, { person, keys, nik: sealed }))) return null
  await keepFindableInTx(tx, child)
  await keepPairsInTx(app, tx, incoming.id, candidates)
  const { more, paper = null, recordedBy = 'system' } = incoming.said ?? {}
  await writeFirstStatementInTx(app, tx, {
    personId: incoming.id,
    agency: incoming.registeredBy,
    paper,
    statedOn: app.today(),
    said: saidBy(incoming.particulars, more),
    recordedBy,
  })
  return person
}

/** Under which keys a person is searched for (ID-20). */
export function keysOf({ name, motherName }: Pick<Particulars, 'name' | 'motherName'>): MatchKeys {
  return { name: matchKeys(name)[0], mother: motherKey(motherName) }
}
