import type { ChildId, Paper } from '@satuanak/contracts'
import { fields, given, isLateRegistration, type Notice, orRefuse, problem, uuid, warning } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { type ChildFile, lockedChildFileFor } from '../identity/find-child-files.ts'
import { standingsOf } from '../ktp-recording/read-ktp-statuses.ts'
import { dueOf, mayHaveKia, type Proof, proofsFor } from './domain.ts'
import { KiaNotForThisChild, PaperHeld, PaperRequestOpen } from './errors.ts'
import { findOpenRequest, findRequest, saveRequestInTx } from './repository.ts'

export interface RequestPaper {
  readonly requestId: string
  readonly childId: string
  readonly paper: Paper
  readonly proof: Proof
}

/**
 * Asks the civil registry for a paper that a child lacks; due in five working days (RF-02). A birth reported after more
 * than 60 days is taken as late and is free all the same (ID-18).
 * @returns the id of the new request, and warnings.
 * @throws InvalidInput, ChildNotFound, PaperHeld, PaperRequestOpen, KiaNotForThisChild, NotPermitted, RequestIdReused.
 */
export async function requestPaper(app: RegistryApp, caller: Caller, command: RequestPaper) {
  const { value } = orRefuse(
    fields(
      { childId: uuid<ChildId>(command.childId), paper: given(command.paper), proof: given(command.proof) },
      ({ paper, proof }) => (proofsFor(paper).includes(proof) ? [] : [notEnough(paper)]),
    ),
  )
  const id = await app.once(caller, { name: 'requestPaper', ...command, input: command }, async (tx) => {
    const file = await lockedChildFileFor(app, tx, { caller, permission: 'papers.request', childId: value.childId })
    await refuseNeedlessInTx(app, tx, file, value)
    const requestedAt = app.now()
    const request = {
      ...value,
      id: app.newId<string>(),
      state: 'DIAJUKAN',
      reason: null,
      late: value.paper === 'AKTA' && value.proof !== 'AKTA_LAMA' && isLate(file, app.today()),
      requestedBy: caller.agency,
      requestedAt,
      dueAt: dueOf(app.calendar, requestedAt),
      decidedAt: null,
    } as const
    await saveRequestInTx(tx, request)
    await audit(tx, caller, 'papers.request', [value.childId], { paper: value.paper, proof: value.proof })
    return request.id
  })
  const request = await findRequest(app.db, id)
  return { id, warnings: request?.late ? [LATE] : ([] as readonly Notice[]) }
}

const notEnough = (paper: Paper): Notice =>
  problem(
    'RF-02',
    {
      id: `Bukti ini tidak cukup untuk dokumen yang diminta. Pilih salah satu: ${proofsFor(paper).join(', ')}.`,
      en: `This proof is not enough for the paper that is requested. Choose one of: ${proofsFor(paper).join(', ')}.`,
    },
    'proof',
  )

const LATE = warning(
  'ID-18',
  {
    id: 'Kelahiran dilaporkan lebih dari 60 hari sesudah lahir: dicatat sebagai pencatatan terlambat, tetap gratis.',
    en: 'The birth is reported more than 60 days after: taken as a late registration, still free of charge.',
  },
  'paper',
)

async function refuseNeedlessInTx(
  app: RegistryApp,
  tx: RegistryTx,
  file: ChildFile,
  { childId, paper }: { readonly childId: ChildId; readonly paper: Paper },
): Promise<void> {
  if (file.persons.some(({ held }) => held.includes(paper))) throw new PaperHeld()
  if ((await findOpenRequest(tx, file.group.ids, paper)) !== null) throw new PaperRequestOpen()
  if (paper !== 'KIA') return
  const standing = (await standingsOf(app, tx, new Map([[childId, file]]))).get(childId)
  if (!mayHaveKia(birthDateOf(file), standing?.record.everMarried ?? false, app.today())) throw new KiaNotForThisChild()
}

/** The canonical record's birth date is the one that counts. */
function birthDateOf({ persons: [person] }: ChildFile): Temporal.PlainDate | null {
  return person?.birthDate ? Temporal.PlainDate.from(person.birthDate) : null
}

function isLate(file: ChildFile, today: Temporal.PlainDate): boolean {
  const born = birthDateOf(file)
  return born !== null && isLateRegistration(born, today)
}
