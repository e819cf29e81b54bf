import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Asker, Load, NoTurn, nextOf, oneTooMany, Turns } from './turns.ts'

const LIMITS = { underWay: 2, ofOnePerson: 2, waiting: 100, waitMs: 60_000 }
const NEVER = new AbortController().signal

const asker = (agency: string, person: string): Asker => ({ agency, person })

/** Turns whose operations say when they begin. */
function started(limits: Partial<typeof LIMITS> = {}) {
  const turns = new Turns({ ...LIMITS, ...limits })
  const began: string[] = []
  const refused: string[] = []
  const leaves = new Map<string, () => void>()
  return {
    began,
    refused,
    enter: (name: string, who: Asker, signal = NEVER) =>
      turns.enter(who, signal).then(
        (leave) => {
          began.push(name)
          leaves.set(name, leave)
        },
        (error: unknown) => {
          if (!(error instanceof NoTurn)) throw error
          refused.push(name)
        },
      ),
    /** Ends one and lets whoever is next begin. */
    leave: async (name: string) => {
      leaves.get(name)?.()
      await settled()
    },
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

test('as many as fit begin at once; the next begins when one is over', async () => {
  const { began, enter, leave } = started()
  for (const name of ['1', '2', '3', '4']) void enter(name, asker('A', name))
  await settled()
  expect(began).toEqual(['1', '2'])
  await leave('1')
  await leave('1')
  expect(began).toEqual(['1', '2', '3'])
})

test('an agency with nothing under way goes before one with something, however many of the other came before', async () => {
  const { began, enter, leave } = started()
  for (const name of ['a1', 'a2', 'a3', 'a4']) void enter(name, asker('A', name))
  void enter('b1', asker('B', 'b1'))
  await settled()
  await leave('a1')
  expect(began.at(-1)).toBe('b1')
})

test('within an agency, the colleague goes before one who has something under way', async () => {
  const { began, enter, leave } = started()
  for (const name of ['1', '2', '3', '4']) void enter(name, asker('A', 'flood'))
  void enter('5', asker('A', 'colleague'))
  await settled()
  await leave('1')
  expect(began.at(-1)).toBe('5')
})

test('with one place, agencies take turns, and in each its people', async () => {
  const { began, enter, leave } = started({ underWay: 1 })
  for (const name of ['f1', 'f2', 'f3', 'f4']) void enter(name, asker('A', 'flood'))
  for (const name of ['c1', 'c2']) void enter(name, asker('A', 'colleague'))
  for (const name of ['b1', 'b2']) void enter(name, asker('B', 'b'))
  await settled()
  for (let n = 0; n < 8; n += 1) await leave(began.at(-1) ?? '')
  expect(began).toEqual(['f1', 'b1', 'c1', 'b2', 'f2', 'c2', 'f3', 'f4'])
})

test('one person never has more under way than one may, even if nobody else asks', async () => {
  const { began, enter, leave } = started({ underWay: 10, ofOnePerson: 3 })
  for (let n = 0; n < 20; n += 1) void enter(String(n), asker('A', 'flood'))
  void enter('other', asker('A', 'other'))
  await settled()
  expect(began).toEqual(['0', '1', '2', 'other'])
  await leave('1')
  expect(began.at(-1)).toBe('3')
})

test('when too many wait, the newest of the one with the most waiting goes, not who came last', async () => {
  const { refused, enter } = started({ waiting: 4 })
  for (const name of ['1', '2', '3', '4', '5', '6']) void enter(name, asker('A', 'flood'))
  void enter('quiet', asker('B', 'quiet'))
  await settled()
  expect(refused).toEqual(['6'])
})

test('who leaves, or whose time is over, waits no longer', async () => {
  const { began, refused, enter, leave } = started({ underWay: 1 })
  const client = new AbortController()
  void enter('1', asker('A', '1'))
  void enter('2', asker('A', '2'), client.signal)
  await enter('3', asker('A', '3'), AbortSignal.abort())
  client.abort()
  await leave('1')
  expect([began, refused]).toEqual([['1'], ['3', '2']])
  const short = started({ underWay: 1, waitMs: 1 })
  void short.enter('1', asker('A', '1'))
  await short.enter('2', asker('A', '2'))
  expect(short.refused).toEqual(['2'])
})

const askers = fc.array(fc.record({ agency: fc.constantFrom('A', 'B', 'C'), person: fc.constantFrom('p', 'q', 'r') }), {
  maxLength: 40,
})

function loadOf(all: readonly Asker[]): Load {
  const load = new Load()
  for (const one of all) load.add(one, 1)
  return load
}

test('law: nobody waits while someone goes of an agency with more under way, or a colleague with more', () => {
  fc.assert(
    fc.property(askers, askers, fc.integer({ min: 1, max: 9 }), (waiting, underWay, ofOnePerson) => {
      const load = loadOf(underWay)
      const next = nextOf(waiting, load, { underWay: 1_000, ofOnePerson })
      const able = waiting.filter((one) => load.ofPerson(one) < ofOnePerson)
      expect(next === undefined).toBe(able.length === 0)
      for (const one of next ? able : []) {
        expect(load.ofAgency(one)).toBeGreaterThanOrEqual(load.ofAgency(next ?? one))
        if (one.agency === next?.agency) expect(load.ofPerson(one)).toBeGreaterThanOrEqual(load.ofPerson(next))
      }
    }),
  )
})

test('law: who is next depends on who came first, and not on the order in which others began', () => {
  fc.assert(
    fc.property(askers, askers, (waiting, underWay) => {
      const limits = { underWay: 1_000, ofOnePerson: 9 }
      const one = nextOf(waiting, loadOf(underWay), limits)
      expect(nextOf(waiting, loadOf(underWay.toReversed()), limits)).toBe(one)
      expect(waiting.find((other) => other.agency === one?.agency && other.person === one.person)).toBe(one)
    }),
  )
})

test('law: nobody is turned away while someone has more waiting', () => {
  fc.assert(
    fc.property(askers, (waiting) => {
      const load = loadOf(waiting)
      const gone = oneTooMany(waiting)
      expect(gone === undefined).toBe(waiting.length === 0)
      if (gone === undefined) return
      for (const one of waiting) {
        expect(load.ofAgency(one)).toBeLessThanOrEqual(load.ofAgency(gone))
        if (one.agency === gone.agency) expect(load.ofPerson(one)).toBeLessThanOrEqual(load.ofPerson(gone))
      }
    }),
  )
})

test('law: no more are under way than may be, and nobody waits who may begin', async () => {
  const steps = fc.array(
    fc.oneof(
      fc.constant('leave' as const),
      askers.map(([one]) => one),
    ),
    { maxLength: 60 },
  )
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }), async (all, most, each) => {
      const turns = new Turns({ ...LIMITS, underWay: most, ofOnePerson: each })
      const waiting = new Set<Asker>()
      const begun: { readonly who: Asker; readonly leave: () => void }[] = []
      for (const step of all) {
        if (step === 'leave') begun.shift()?.leave()
        else if (step) {
          const who = { ...step }
          waiting.add(who)
          void turns.enter(who, NEVER).then((leave) => {
            waiting.delete(who)
            begun.push({ who, leave })
          })
        }
        await settled()
        const load = loadOf(begun.map(({ who }) => who))
        expect(load.total).toBeLessThanOrEqual(most)
        for (const { who } of begun) expect(load.ofPerson(who)).toBeLessThanOrEqual(each)
        expect(nextOf([...waiting], load, { underWay: most, ofOnePerson: each })).toBeUndefined()
      }
      for (let one = begun.shift(); one; one = begun.shift()) {
        one.leave()
        await settled()
      }
      expect([waiting.size, turns.size]).toEqual([0, 0])
    }),
  )
})
