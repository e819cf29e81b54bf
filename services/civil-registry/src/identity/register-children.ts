import { saveChildrenKnownInTx } from '@satuanak/child-kit'
import type { ChildId, MatchVerdict, Paper, Particulars } from '@satuanak/contracts'
import { audit, type Caller, permit } from '@satuanak/identity'
import { emitAll } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findable, findCandidatesOfMany, keepManyFindableInTx } from '../matching/find-candidates-of-many.ts'
import { writeFirstStatementsInTx } from '../record/write-statement.ts'
import { keepPairsOfManyInTx } from '../review/keep-pairs.ts'
import { isSamePerson, missingPapers, type Person } from './domain.ts'
import { hexOf } from './nik-custody.ts'
import { keysOf } from './register-child.ts'
import { findNikHolders, lockRegistrationInTx, type NewPerson, type NikHolder, savePersonsInTx } from './repository.ts'

/** A child of a list that comes in, and the papers that are known to be there, its NIK's among them where it has one. */
export interface Newcomer {
  readonly particulars: Particulars
  readonly held: readonly Paper[]
}

/**
 * What becomes of one newcomer: a new record, with what the index found; the record that is there already, by NIK, name
 * and birth date; or none, because its NIK is held by someone who differs in one of them (EC-01). `childId` of a new
 * record exists once it is registered: from `judgeNewcomers` it is nobody's yet.
 */
export type Registration =
  | { readonly verdict: 'BARU'; readonly childId: ChildId; readonly match: MatchVerdict }
  | { readonly verdict: 'SUDAH_ADA'; readonly childId: ChildId }
  | { readonly verdict: 'NIK_DIPAKAI' }

/**
 * Registers a list in one transaction, in as many statements whatever its length: each child as `registerChild` would,
 * told by the same event, with one audit entry for all. Whoever registers one by one waits until it is done. The answer
 * stands in the order of the list. Only for whoever may know of every child: the answer speaks of hidden ones too (PV-14).
 * @param source what the list comes from, an id: its events' correlation, and in the audit.
 * @throws NotPermitted
 */
export async function registerChildrenInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  list: { readonly source: string; readonly newcomers: readonly Newcomer[] },
): Promise<readonly Registration[]> {
  await lockRegistrationInTx(tx, 'alone')
  const { judged, fresh } = await judge(app, tx, caller, list.newcomers)
  if (fresh.length === 0) return judged
  await savePersonsInTx(tx, fresh)
  const ids = fresh.map(({ person }) => person.id)
  await writeFirstStatementsInTx(app, tx, ids, caller.subject)
  await keepManyFindableInTx(
    tx,
    fresh.map(({ findable: one }) => one),
  )
  await keepPairsOfManyInTx(app, tx, new Map(fresh.map(({ person, candidates }) => [person.id, candidates])))
  await saveChildrenKnownInTx(tx, ids)
  await audit(tx, caller, 'person.register', ids, { source: list.source, count: ids.length })
  await emitAll(
    tx,
    fresh.map(({ person }) => ({
      type: 'civil-registry.person.registered.v1',
      subject: person.id,
      data: { missing: missingPapers(person.held), kelurahan: person.address?.kelurahan ?? null },
      actor: caller.subject,
      org: caller.agency,
      sensitivity: 2,
      time: person.registeredAt,
      correlationid: list.source,
    })),
  )
  return judged
}

/** What `registerChildrenInTx` would answer now; nothing is written and nobody waits. @throws NotPermitted */
export async function judgeNewcomers(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  newcomers: readonly Newcomer[],
): Promise<readonly Registration[]> {
  return (await judge(app, tx, caller, newcomers)).judged
}

async function judge(app: RegistryApp, tx: RegistryTx, caller: Caller, newcomers: readonly Newcomer[]) {
  permit(caller, 'match.read', { level: 4 })
  permit(caller, 'person.register', { level: 4 })
  // Ids of one moment have no order of their own: whoever stands further up in the list is the older record.
  const ids = newcomers.map(() => app.newId<ChildId>()).toSorted()
  const drafts = newcomers.map((newcomer, at) => draftOf(app, caller, ids[at] ?? app.newId(), newcomer))
  const holders = await holdersOf(tx, drafts)
  const decided = drafts.map((draft) => decideOn(draft, holders))
  const fresh = decided.flatMap((one) => (one.verdict === 'BARU' ? [one.draft] : []))
  const candidates = await findCandidatesOfMany(
    tx,
    fresh.map((draft) => draft.findable),
  )
  const registered = fresh.map((draft) => {
    const found = candidates.get(draft.person.id) ?? []
    const match: MatchVerdict = found[0]?.verdict ?? 'TIDAK_ADA'
    return { ...draft, candidates: found, person: { ...draft.person, match } }
  })
  const matchOf = new Map<ChildId, MatchVerdict>(registered.map(({ person }) => [person.id, person.match]))
  const judged = decided.map((one): Registration => {
    if (one.verdict !== 'BARU') return one
    const { id } = one.draft.person
    return { verdict: 'BARU', childId: id, match: matchOf.get(id) ?? 'TIDAK_ADA' }
  })
  return { judged, fresh: registered }
}

interface Draft extends NewPerson {
  readonly nikIndex: string | null
  /** Under the other keys of the ring, by which an older record may hold the same NIK. */
  readonly otherIndexes: readonly string[]
  readonly findable: ReturnType<typeof findable>
}

function draftOf(
  app: RegistryApp,
  caller: Caller,
  id: ChildId,
  { particulars: { nik, ...particulars }, held }: Newcomer,
): Draft {
  const sealed = nik === null ? null : app.custody.seal(nik, id)
  const [nikIndex = null, ...otherIndexes] = nik === null ? [] : app.custody.indexesOf(nik).map(hexOf)
  const keys = keysOf(particulars)
  const person: Person = {
    ...particulars,
    id,
    nikLast4: sealed?.last4 ?? null,
    held,
    match: 'TIDAK_ADA',
    registeredBy: caller.agency,
    registeredAt: app.now(),
  }
  return {
    person,
    keys,
    nik: sealed,
    nikIndex,
    otherIndexes,
    findable: findable({ ...particulars, motherName: keys.mother && particulars.motherName, id, nikIndex }),
  }
}

/** By NIK, under the current key: who holds it in the registry. Filled on with the list's own as it is walked through. */
async function holdersOf(tx: RegistryTx, drafts: readonly Draft[]): Promise<Map<string, NikHolder[]>> {
  const holders = new Map<string, NikHolder[]>()
  const asked = new Map<string, string>()
  for (const { nikIndex, otherIndexes } of drafts) {
    if (nikIndex !== null) for (const index of [nikIndex, ...otherIndexes]) asked.set(index, nikIndex)
  }
  if (asked.size === 0) return holders
  for (const holder of await findNikHolders(tx, [...asked.keys()])) {
    add(holders, { ...holder, nikIndex: asked.get(holder.nikIndex) ?? holder.nikIndex })
  }
  return holders
}

function add(holders: Map<string, NikHolder[]>, holder: NikHolder): void {
  const others = holders.get(holder.nikIndex)
  if (others) others.push(holder)
  else holders.set(holder.nikIndex, [holder])
}

type Decided = { readonly verdict: 'BARU'; readonly draft: Draft } | Exclude<Registration, { readonly verdict: 'BARU' }>

/** The first of the list to bring a NIK holds it from then on: the next one with it is that person, or refused (ID-08). */
function decideOn(draft: Draft, holders: Map<string, NikHolder[]>): Decided {
  const { nikIndex, keys, person } = draft
  if (nikIndex === null) return { verdict: 'BARU', draft }
  const same = { id: person.id, nikIndex, nameKey: keys.name, birthDate: person.birthDate }
  const others = holders.get(nikIndex) ?? []
  const [itself] = others.filter((other) => isSamePerson(other, same))
  if (itself) return { verdict: 'SUDAH_ADA', childId: itself.id }
  if (others.length > 0) return { verdict: 'NIK_DIPAKAI' }
  add(holders, same)
  return { verdict: 'BARU', draft }
}
