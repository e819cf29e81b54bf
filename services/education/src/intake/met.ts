import { findMet, type Met, saveMetInTx } from '@satuanak/intake-kit'
import type { Intake } from '@satuanak/intake-kit/rows'
import type { EducationApp, EducationTx } from '../app.ts'

/** A row by the key under which it may stand in a file once, and all that it says. */
interface Keyed {
  readonly key: string
  readonly says: unknown
}

/** Whether a row is the first of its key in the file, says the same as the first, or something else. */
export type Place = 'PERTAMA' | 'SAMA' | 'LAIN'

/**
 * Which rows stand in the file for the first time, over all its batches, in a dry run too. The first row of a key counts
 * as long as the intake runs; only prints are kept.
 * @returns a place for each row, in their order
 */
export async function placesInTx(
  app: EducationApp,
  tx: EducationTx,
  intake: Intake,
  rows: readonly Keyed[],
): Promise<readonly Place[]> {
  const hex = (text: string) => Buffer.from(app.fingerprint(text)).toString('hex')
  const printed = rows.map(
    ({ key, says }): Met => ({
      print: hex(`${intake.kind} ${key}`),
      content: hex(`says ${JSON.stringify(says)}`),
    }),
  )
  const met = new Map(
    await findMet(
      tx,
      intake.id,
      printed.map(({ print }) => print),
    ),
  )
  const first: Met[] = []
  const places = printed.map(({ print, content }): Place => {
    const before = met.get(print)
    if (before !== undefined) return before === content ? 'SAMA' : 'LAIN'
    met.set(print, content)
    first.push({ print, content })
    return 'PERTAMA'
  })
  await saveMetInTx(tx, intake.id, first)
  return places
}
