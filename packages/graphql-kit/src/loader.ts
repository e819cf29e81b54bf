import DataLoader from 'dataloader'
import type { GraphContext } from './context.ts'

/** Keys of one SQL statement; a page of lists of lists stays well under it. */
const LARGEST_BATCH = 1_000

type Load = (key: string) => Promise<unknown>
const LOADERS = new WeakMap<GraphContext, Map<string, Load>>()

/**
 * One value per key, all keys that are asked for at the same moment in one call of `findAll`, each key once in a request:
 * `loader(ctx, 'school', (npsns) => findSchools(ctx.app.db, npsns))(enrolment.npsn)`.
 * @param name one per `findAll` and service; the first call in a request brings the function.
 * @returns null for a key that `findAll` did not answer.
 */
export function loader<Key extends string, Value>(
  context: GraphContext,
  name: string,
  findAll: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key) => Promise<Value | null> {
  const ofRequest = LOADERS.get(context) ?? new Map<string, Load>()
  LOADERS.set(context, ofRequest)
  const load = ofRequest.get(name) ?? batched(findAll)
  ofRequest.set(name, load)
  return load as (key: Key) => Promise<Value | null>
}

/** What was found before a mutation says nothing of what it writes: each mutation of a request finds anew. */
export function forgetLoaded(context: GraphContext): void {
  LOADERS.delete(context)
}

function batched<Key extends string, Value>(findAll: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>): Load {
  const batch = new DataLoader<Key, Value | null>(
    async (keys) => {
      const found = await findAll(keys)
      return keys.map((key) => found.get(key) ?? null)
    },
    { maxBatchSize: LARGEST_BATCH },
  )
  return (key) => batch.load(key as Key)
}
