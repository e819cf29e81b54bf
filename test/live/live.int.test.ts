import { randomUUIDv7 } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  KRAPYAK,
  type LiveHouse,
  OTHER_SCHOOL,
  openLiveHouse,
  PANJANG_WETAN,
  protectedAt,
  registered,
  SCHOOL,
  scheduled,
} from './house.ts'
import type { Heard, Listener } from './listener.ts'

let house: LiveHouse
beforeAll(async () => {
  house = await openLiveHouse()
})
afterEach(() => house.hangUp())
afterAll(() => house?.close())

const about = (id: string) => (heard: Heard) => Object.values((heard.data.ids ?? {}) as object).includes(id)
const idsHeard = ({ heard }: Listener) => heard.flatMap(({ data }) => Object.values((data.ids ?? {}) as object))

describe('who hears what (PV-12, PV-14, TUN-R3)', () => {
  test('a desk hears at once of a referral that another agency sent it, and the sender of its own', async () => {
    const childId = await house.child()
    const receiver = await house.listen('dinas-pendidikan')
    const sender = await house.listen('peksos', { query: '?topics=inbox' })
    const referralId = await house.sendReferral('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    const heard = await receiver.hears(about(referralId))
    expect(heard).toEqual({
      id: expect.stringMatching(/^[\w-]{8}-\d+$/),
      event: 'inbox',
      data: {
        topic: 'inbox',
        about: 'coordination.referral.created.v1',
        ids: { childId, referralId },
        at: expect.stringMatching(/^2026-11-23T/),
      },
    })
    expect((await sender.hears(about(referralId))).event).toBe('inbox')
  })

  test('a desk that is no party hears nothing of it', async () => {
    const [childId, other] = [await house.child(), await house.child()]
    const stranger = await house.listen('dinkes')
    const referralId = await house.sendReferral('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    // What comes behind it is heard, so what is not heard by then was not told.
    const own = await house.sendReferral('dinkes', { childId: other, type: 'RF-02', to: 'DUKCAPIL' })
    await stranger.hears(about(own))
    expect(idsHeard(stranger)).not.toContain(referralId)
    expect(idsHeard(stranger)).not.toContain(childId)
  })

  test('a hidden child is heard of by those only who are cleared for it (PV-14)', async () => {
    const [hidden, open] = [await house.child(), randomUUIDv7()]
    await house.tell(protectedAt(hidden, 4))
    const [worker, planner] = [await house.listen('peksos'), await house.listen('bapperida')]
    await house.tell(protectedAt(hidden, 4), registered(open as typeof hidden))
    await worker.hears(about(hidden))
    await planner.hears(about(open))
    expect(idsHeard(planner)).not.toContain(hidden)
  })

  test('a kelurahan officer hears of the own kelurahan’s children only', async () => {
    const officer = await house.listen('kelurahan-krapyak')
    const elsewhere = await house.child(PANJANG_WETAN)
    const here = await house.child(KRAPYAK)
    await officer.hears(about(here))
    expect(idsHeard(officer)).not.toContain(elsewhere)
  })

  test('a school hears of the days at that school only', async () => {
    const committee = await house.listen('panitia-sekolah')
    const [theirs, own] = [randomUUIDv7(), randomUUIDv7()]
    await house.tell(scheduled(theirs, OTHER_SCHOOL), scheduled(own, SCHOOL))
    expect((await committee.hears(about(own))).data).toMatchObject({ topic: 'session', ids: { sessionId: own } })
    expect(idsHeard(committee)).toEqual([own])
  })

  test('who chose topics hears no other', async () => {
    const desk = await house.listen('dukcapil', { query: '?topics=session,inbox' })
    const [childId, sessionId] = [await house.child(), randomUUIDv7()]
    await house.tell(scheduled(sessionId))
    await desk.hears(about(sessionId))
    expect(idsHeard(desk)).toEqual([sessionId])
    const everything = await house.listen('dukcapil', { resume: desk.heard[0]?.id ?? '' })
    await everything.hears(about(childId))
  })

  test('ids and codes are all that is on the wire: no fact, no name, no number of a person', async () => {
    const all = await house.listen('peksos')
    const childId = await house.child()
    await house.sendReferral('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    await all.hears(({ event, data }) => event === 'case' && String(data.about).includes('referral'))
    for (const { data } of all.heard.filter(({ event }) => event !== 'hello')) {
      expect(Object.keys(data).toSorted()).toEqual(['about', 'at', 'ids', 'topic'])
    }
    expect(all.text).not.toMatch(/facts|level|33\.75|DISDIK|DINSOS|\d{16}/)
  })
})
