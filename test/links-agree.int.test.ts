import { randomUUID } from 'node:crypto'
import { groupOf } from '@satuanak/child-kit'
import { type ChildId, SERVICES } from '@satuanak/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, mutation, type Outcome } from './src/act.ts'
import { PANJANG_WETAN } from './src/city.ts'
import { type House, startHouse } from './src/house.ts'
import { type Deed, LinksModel } from './src/links-model.ts'

// The whole house against a model of a dozen lines: whatever officers decide and however the bus stutters, every
// agency agrees who is who, and what is taken back is as it was (DESIGN §4, ADR 0008).

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house?.close())

/** A step of a story: a decision, a record that comes in, or old messages that come once more and out of order. */
type Step = Deed | { readonly kind: 'new' } | { readonly kind: 'again'; readonly order: readonly number[] }

const MOST = 5
const place = fc.nat({ max: MOST - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('link' as const), keep: place, alias: place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('unlink' as const), alias: place }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('distinct' as const, 'reopen' as const), one: place, other: place }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('new' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('again' as const), order: fc.array(fc.nat(), { maxLength: 6 }) }),
  },
)

/** Stories that chance seldom tells: a person that was linked goes over whole, named by its alias; a link inside it ends. */
const TOLD_BEFORE: Step[][] = [
  [
    { kind: 'link', keep: 0, alias: 1 },
    { kind: 'link', keep: 2, alias: 1 },
    { kind: 'again', order: [1, 0, 1] },
  ],
  [
    { kind: 'link', keep: 0, alias: 1 },
    { kind: 'link', keep: 2, alias: 0 },
    { kind: 'unlink', alias: 1 },
    { kind: 'again', order: [2, 0, 1, 0] },
    { kind: 'new' },
    { kind: 'link', keep: 1, alias: 3 },
    { kind: 'distinct', one: 3, other: 0 },
    { kind: 'unlink', alias: 3 },
  ],
]

const LETTERS = ['Wicaksono', 'Nugroho', 'Prasetyo', 'Hidayat', 'Kurniawan', 'Ramadhan', 'Setiawan', 'Firmansyah']
let stories = 0

/** The records of one story: all alike, and like those of no other story. */
function openStory() {
  const n = stories++
  const name = LETTERS[n % LETTERS.length] ?? 'Wicaksono'
  const child = {
    name: `${name} ${LETTERS[(n + 3) % LETTERS.length]}`,
    motherName: `Ibu ${LETTERS[(n + 5) % LETTERS.length]}`,
    sex: 'L',
    birthDate: `20${10 + (n % 8)}-0${1 + (n % 9)}-1${n % 9}`,
    address: { kelurahan: PANJANG_WETAN, rt: '1', rw: '2' },
  }
  const ids: ChildId[] = []
  const register = async () => {
    const made = await act<{ child: { id: ChildId } }>(
      house.as('dukcapil'),
      'registerChild',
      { requestId: randomUUID(), child, papers: [] },
      'child { id }',
    )
    ids.push(made.child.id)
  }
  return { ids, register }
}

/** Sends a decision as the desk would. @returns the refusal's code, null where it is done */
async function decide(deed: Deed, ids: readonly ChildId[]): Promise<string | null> {
  const id = (at: number) => ids[at]
  const why = { requestId: randomUUID(), reason: 'Sudah dicek ke ibunya.' }
  const sent = {
    link: () => ['linkChildren', { keepId: id('keep' in deed ? deed.keep : 0), aliasId: aliasOf(deed, id) }] as const,
    unlink: () => ['unlinkChildren', { aliasId: aliasOf(deed, id) }] as const,
    distinct: () => ['declareDistinct', twoOf(deed, id)] as const,
    reopen: () => ['reopenPair', twoOf(deed, id)] as const,
  }[deed.kind]()
  const [name, input] = sent
  const query = mutation(name, 'pair { state }')
  const { result } = await house.as('dukcapil').ok<{ result: Outcome }>(query, { input: { ...why, ...input } })
  if (result.__typename === 'InvalidInput') return 'INVALID_INPUT'
  return result.code ?? null
}

type IdAt = (at: number) => ChildId | undefined
const aliasOf = (deed: Deed, id: IdAt) => ('alias' in deed ? id(deed.alias) : undefined)
const twoOf = (deed: Deed, id: IdAt) => ('one' in deed ? { childId: id(deed.one), otherId: id(deed.other) } : {})

/** What the registry told of links so far, delivered once more in this order, each as a message never seen. */
async function tellAgain(order: readonly number[]): Promise<void> {
  const { app, messaging } = house.service('civil-registry')
  const told = await app.db.$queryRawUnsafe<{ type: string; envelope: string }[]>(
    `SELECT type, envelope::text FROM platform.outbox WHERE type ~ 'person.(merged|split)' ORDER BY seq`,
  )
  for (const n of order) {
    const old = told[n % Math.max(1, told.length)]
    if (old) await messaging.broker.publish({ ...old, id: randomUUID(), traceparent: null })
  }
}

/** Who is who, as every agency has it by now; each must say the same. */
async function everyAgency(ids: readonly ChildId[]): Promise<Record<string, (readonly ChildId[] | undefined)[]>> {
  await house.settle()
  const views = SERVICES.map(async (name) => {
    const { app } = house.service(name)
    const groups = await groupOf(app.db, ids, app.now())
    return [name, ids.map((id) => groups.get(id)?.ids)] as const
  })
  return Object.fromEntries(await Promise.all(views))
}

const agreed = (model: LinksModel, ids: readonly ChildId[]) => {
  const persons = ids.map((_, at) => model.personOf(at).map((record) => ids[record]))
  return Object.fromEntries(SERVICES.map((name) => [name, persons]))
}

/** How many questions about this story's records the desk still has. */
async function questions(ids: readonly ChildId[]): Promise<number> {
  interface Desk {
    readonly reviewPairs: {
      readonly nodes: readonly { readonly left: { id: ChildId }; readonly right: { id: ChildId } }[]
    }
  }
  const query = '{ reviewPairs(first: 100) { nodes { left { id } right { id } } pageInfo { hasNextPage } } }'
  const { nodes } = (await house.as('dukcapil').ok<Desk>(query)).reviewPairs
  return nodes.filter(({ left, right }) => ids.includes(left.id) && ids.includes(right.id)).length
}

test('any story of links, unlinks, new records and messages that come again ends with every agency agreeing with the plain model, and all taken back is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { ids, register } = openStory()
      const model = new LinksModel()
      const comesIn = async () => {
        await register()
        model.add()
      }
      for (let n = 0; n < 3; n++) await comesIn()
      for (const one of steps) {
        if (one.kind === 'new') {
          if (model.size < MOST) await comesIn()
        } else if (one.kind === 'again') await tellAgain(one.order)
        else {
          const deed = within(one, model.size)
          expect([deed, await decide(deed, ids)]).toEqual([deed, model.do(deed)])
        }
      }
      expect(await everyAgency(ids)).toEqual(agreed(model, ids))
      expect(await questions(ids)).toBe(model.questions())
      await takeAllBack(model, ids)
      expect(await everyAgency(ids)).toEqual(Object.fromEntries(SERVICES.map((name) => [name, ids.map((id) => [id])])))
    }),
    { numRuns: 6, verbose: 1, examples: TOLD_BEFORE.map((steps) => [steps]) },
  )
})

/** A deed about records that are there by now. */
function within(deed: Deed, size: number): Deed {
  if (deed.kind === 'unlink') return { ...deed, alias: deed.alias % size }
  if (deed.kind === 'link') return { ...deed, keep: deed.keep % size, alias: deed.alias % size }
  return { ...deed, one: deed.one % size, other: deed.other % size }
}

/** Each link that is left, taken back in the order of the records. */
async function takeAllBack(model: LinksModel, ids: readonly ChildId[]): Promise<void> {
  for (let alias = 0; alias < model.size; alias++) {
    const answer = model.do({ kind: 'unlink', alias })
    expect(await decide({ kind: 'unlink', alias }, ids)).toBe(answer)
  }
}
