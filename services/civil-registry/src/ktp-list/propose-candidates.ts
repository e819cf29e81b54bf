import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import type { ChildId, Npsn } from '@satuanak/contracts'
import { fields, list, orRefuse, parseNik, parseNpsn, problem, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, decide, permit } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { hexOf } from '../identity/nik-custody.ts'
import type { FileRow, FileVerdict } from './domain.ts'
import { listPupilInTx } from './list-pupil.ts'
import { findHolders, findPupils, saveListFileInTx } from './repository.ts'

/** As many as a school has classes of: a longer list is sent in parts. */
const MOST = 300

export interface ProposeCandidates {
  readonly requestId: string
  readonly npsn: string
  readonly childIds: readonly string[]
  /** Whole NIKs, from the school's or Dukcapil's own list; not kept (ID-09). */
  readonly niks: readonly string[]
  /** Those of `childIds` who are or were married: they qualify at once (KT-10). */
  readonly everMarried: readonly string[]
}

/**
 * Takes a list of pupils for a school's recording list and says what came of each entry (BLG-01 "by file"). Nobody is
 * found whom the caller may not know of (PV-14).
 * @returns the id of the list, under which its verdicts are kept.
 * @throws InvalidInput, NotPermitted for another school, for NIKs (PV-10) or for marriages (KT-10), RequestIdReused.
 */
export async function proposeCandidates(app: RegistryApp, caller: Caller, command: ProposeCandidates): Promise<string> {
  const { value } = orRefuse(check(command, app.today()))
  const npsn = value.npsn.code as Npsn
  permit(caller, 'ktp.list.change', { level: 2, schools: [npsn] })
  if (value.niks.length > 0) permit(caller, 'nik.search', { level: 2 })
  if (value.everMarried.length > 0) permit(caller, 'ktp.session.plan', { level: 2 })
  return app.once(caller, { name: 'proposeCandidates', ...command, input: command }, async (tx) => {
    const indexes = value.niks.map(({ digits }) => app.custody.indexesOf(digits))
    const holders = await findHolders(tx, indexes.flat())
    const found = indexes.map((one) => one.flatMap((index) => holders.get(hexOf(index)) ?? [])[0] ?? null)
    const named = [...value.childIds, ...found]
    const groups = await groupOf(tx, [...new Set(named.filter((id) => id !== null))], app.now())
    const rows: FileRow[] = []
    for (const [index, id] of named.entries()) {
      const group = id === null ? undefined : groups.get(id)
      const isMarried = id !== null && value.everMarried.includes(id)
      const verdict = await listOneInTx(app, tx, caller, { ...command, npsn, group, isMarried })
      rows.push({ row: index + 1, childId: verdict === 'TIDAK_DITEMUKAN' ? null : id, verdict })
    }
    const id = app.newId<string>()
    await saveListFileInTx(tx, { id, npsn, sentBy: caller.subject, sentAt: app.now(), rows })
    const known = rows.flatMap(({ childId }) => childId ?? [])
    if (value.niks.length > 0) await audit(tx, caller, 'nik.search', known, { entries: value.niks.length })
    await audit(tx, caller, 'ktp.list.change', known, { source: 'BERKAS', entries: rows.length })
    return id
  })
}

function check(command: ProposeCandidates, today: Temporal.PlainDate) {
  const limits = { rule: 'BLG-01', max: MOST }
  return fields(
    {
      npsn: parseNpsn(command.npsn),
      childIds: list(command.childIds, (id) => uuid<ChildId>(id), limits),
      niks: list(command.niks, (nik) => parseNik(nik, { today }), limits),
      everMarried: list(command.everMarried, (id) => uuid<ChildId>(id), limits),
    },
    ({ childIds, niks, everMarried }) => [
      ...(childIds.length + niks.length === 0 ? [NOBODY] : []),
      ...(everMarried.every((id) => childIds.includes(id)) ? [] : [NOT_AMONG_THEM]),
    ],
  )
}

const NOBODY = problem(
  'BLG-01',
  {
    id: 'Daftar masih kosong. Isi paling sedikit satu murid.',
    en: 'The list is empty. Give at least one pupil.',
  },
  'childIds',
)
const NOT_AMONG_THEM = problem(
  'KT-10',
  {
    id: 'Yang pernah kawin harus juga ada di daftar murid. Tambahkan di sana, atau hapus dari sini.',
    en: 'Who is or was married must also be among the pupils. Add them there, or take them out here.',
  },
  'everMarried',
)

interface Entry {
  readonly requestId: string
  readonly npsn: Npsn
  readonly group: ChildGroup | undefined
  readonly isMarried: boolean
}

async function listOneInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { requestId, npsn, group, isMarried }: Entry,
): Promise<FileVerdict> {
  if (!group || (await findPupils(tx, group.ids)).size === 0) return 'TIDAK_DITEMUKAN'
  const { level, schools } = group
  if (!decide(caller, 'ktp.list.change', { level, schools }).allowed) return 'TIDAK_DITEMUKAN'
  const isPupil = schools.includes(npsn)
  const listed = isPupil
    ? await listPupilInTx(app, tx, {
        npsn,
        group,
        source: 'BERKAS',
        everMarried: isMarried,
        on: app.today(),
        actor: caller.subject,
        org: caller.agency,
        correlationid: requestId,
      })
    : 'BUKAN_MURID'
  return typeof listed === 'string' ? listed : (listed.state as FileVerdict)
}
