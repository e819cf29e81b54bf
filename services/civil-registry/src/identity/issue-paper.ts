import type { ChildId, Paper } from '@satuanak/contracts'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { missingPapers } from './domain.ts'
import { findChildFiles } from './find-child-files.ts'
import { savePaperInTx } from './repository.ts'

export interface IssuedPaper {
  readonly childId: ChildId
  /** A NIK has its number and goes through `issueNik`. */
  readonly paper: Exclude<Paper, 'NIK'>
  readonly correlationid: string
}

/** Marks a paper as held by the child and tells the others (closing event of RF-02). Asks no permission. */
export async function issuePaperInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { childId, paper, correlationid }: IssuedPaper,
): Promise<void> {
  const file = (await findChildFiles(app, tx, [childId])).get(childId)
  const held = file?.persons.flatMap((person) => person.held) ?? []
  await savePaperInTx(tx, { childId, paper, recordedBy: caller.agency, at: app.now() })
  await audit(tx, caller, 'papers.issue', [childId], { paper })
  await emit(tx, {
    type: 'civil-registry.paper.issued.v1',
    subject: childId,
    data: { paper, missing: missingPapers([...held, paper]) },
    actor: caller.subject,
    org: caller.agency,
    sensitivity: file?.group.level ?? 2,
    time: app.now(),
    correlationid,
  })
}
