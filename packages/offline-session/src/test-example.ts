import { openSession, resultsOf } from './index.ts'
import { EQUIPMENT, takenOut } from './test-bundle.ts'

/** The example of README.md, as it stands there; `store` and `upload` are the application's own. */
export async function example(send: (result: string) => Promise<void>) {
  const { keys, sealed, trusted, clock } = await takenOut()
  const { now } = clock
  let stored = ''
  const store = async (text: string) => {
    stored = text
  }
  const upload = send
  // README: begin
  const session = await openSession({ sealed, keys, trusted, now })
  session.changeChecklist(EQUIPMENT, 'ADA')
  session.start()

  const [first, second] = session.standing.pupils
  if (!first || !second) throw new Error('nobody is on the list')
  const startedAt = now()
  session.takeStep({ childId: first.childId, step: 'BLG-03', outcome: 'BELUM_REKAM', startedAt })
  session.takeStep({ childId: first.childId, step: 'BLG-04', outcome: 'COCOK', startedAt })
  session.takeStep({ childId: first.childId, step: 'BLG-06', outcome: null, startedAt })
  session.markAbsent(second.childId, 'TIDAK_DATANG')
  await store(await session.keep()) // after every entry: the power may go

  for (const result of await session.results()) await upload(result)
  // README: end
  return { session, resent: await resultsOf(stored, keys) }
}
