import { groupOf, saveChildLevelInTx } from '@satuanak/child-kit'
import { type ChildId, NEEDS, type Need, type Sensitivity } from '@satuanak/contracts'
import { date, fields, list, oneOf, orRefuse, text, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { SocialApp } from '../app.ts'
import { type Assessment, levelAfter } from './domain.ts'
import { AssessedBeforeMet, ChildNotMet } from './errors.ts'
import { findContacts, type SocialTx, saveAssessmentInTx } from './repository.ts'

export interface CompleteAssessment {
  readonly requestId: string
  readonly childId: string
  readonly doneOn: Temporal.PlainDate
  readonly droppedOut: boolean
  readonly needs: readonly string[]
  readonly conclusion: string
}

/**
 * Writes down what a social worker found (TPI-03). Its needs become referrals at the coordination desk (RF-01, RF-02);
 * a need for protection hides the child everywhere from now on (PV-14).
 * @returns the assessment's id.
 * @throws InvalidInput, ChildNotMet, AssessedBeforeMet, NotPermitted, RequestIdReused.
 */
export function completeAssessment(app: SocialApp, caller: Caller, command: CompleteAssessment): Promise<string> {
  const { value } = orRefuse(check(command, app.today()))
  const input = { ...command, doneOn: command.doneOn.toString() }
  return app.once(caller, { name: 'completeAssessment', requestId: command.requestId, input }, async (tx) => {
    const { childId } = value
    const group = (await groupOf(tx, [childId], app.now())).get(childId)
    const contacts = await findContacts(tx, group?.ids ?? [childId])
    const first = contacts.at(-1)
    if (!group || !first) throw new ChildNotMet()
    const facts = { level: group.level, child: childId }
    permitOr(caller, 'assessment.complete', facts, () => new ChildNotMet())
    if (Temporal.PlainDate.compare(value.doneOn, first.metOn) < 0) throw new AssessedBeforeMet()
    const assessment: Assessment = { ...value, id: app.newId(), droppedOut: command.droppedOut }
    const level = levelAfter(value.needs, group.level)
    await saveAssessmentInTx(tx, assessment, { by: caller.subject, at: app.now() })
    const said = {
      subject: childId,
      actor: caller.subject,
      org: caller.agency,
      sensitivity: level,
      time: app.now(),
      correlationid: command.requestId,
    } as const
    // Also where a linked id is hidden already: a link taken back must not expose this one (DESIGN §4).
    if (value.needs.includes('PROTECTION')) await protect(tx, said, level)
    await emit(tx, {
      ...said,
      type: 'social.street.assessment.completed.v1',
      data: {
        assessmentId: assessment.id,
        droppedOut: assessment.droppedOut,
        needs: [...assessment.needs],
        kelurahan: contacts[0]?.kelurahan ?? null,
      },
    })
    await audit(tx, caller, 'assessment.complete', [childId])
    return assessment.id
  })
}

type Said = Omit<Parameters<typeof emit>[1], 'type' | 'data'> & { readonly subject: ChildId }

/** Told first: whoever hears of the assessment already keeps the child at its new level. */
async function protect(tx: SocialTx, said: Said, level: Sensitivity): Promise<void> {
  await emit(tx, { ...said, type: 'social.child.protected.v1', data: { level } })
  await saveChildLevelInTx(tx, said.subject, level)
}

function check(command: CompleteAssessment, today: Temporal.PlainDate) {
  return fields({
    childId: uuid<ChildId>(command.childId),
    doneOn: date(command.doneOn, { rule: 'TPI-03', earliest: today.subtract({ years: 1 }), latest: today }),
    needs: list<Need>(command.needs, (need) => oneOf(need, NEEDS, { rule: 'SW-05' }), {
      rule: 'SW-05',
      max: NEEDS.length,
    }),
    conclusion: text(command.conclusion, { rule: 'SW-05', max: 4000, multiline: true }),
  })
}
