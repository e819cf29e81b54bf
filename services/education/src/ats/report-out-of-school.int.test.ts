import { randomUUID } from 'node:crypto'
import { createCursor } from '@satuanak/graphql-kit'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { assessed, merged, protectedAt } from '../test-events.ts'
import { type House, KRAPYAK, openHouse, PANJANG_WETAN, someChild } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

const bagas = (more: object = {}) => ({ name: 'Bagas', sex: 'L', birthDate: '2013', motherName: 'Sumarni', ...more })

test('a kelurahan puts a new child on the list; it gets its id here and is presented to the registry, sealed (TUN-03)', async () => {
  const { data } = await house.report({ newChild: bagas(), note: 'Rumah di belakang pasar.' })
  expect(data).toMatchObject({
    category: 'DO',
    source: 'KELURAHAN',
    state: 'BELUM_VERIFIKASI',
    kelurahan: PANJANG_WETAN,
    note: 'Rumah di belakang pasar.',
    why: 'Dilaporkan kelurahan (TUN-03) pada 23 November 2026 sebagai anak putus sekolah (DO, AT-01).',
  })
  const child = data?.child.id ?? ''
  expect(await house.eventsAbout(child)).toEqual(['education.child.presented.v1', 'education.ats.record.created.v1'])
  const [leak] = await house.app.db.$queryRawUnsafe<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM platform.outbox o, platform.audit_entry a WHERE o::text ~ 'Bagas' OR a::text ~ 'Bagas'`,
  )
  expect(leak?.n).toBe(0)
})

test('why a child is listed is said in the reader’s language', async () => {
  const { data } = await house.report({ childId: await house.child(), category: 'LTM' }, 'dinas-pendidikan')
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { ats { why } } } }`
  const answer = await house
    .as('dinas-pendidikan', 'en')
    .ok(query, { r: [{ __typename: 'Child', id: data?.child.id }] })
  expect(answer._entities).toEqual([
    {
      ats: {
        why:
          'Reported by a school or the Education Office (TUN-03) on 23 November 2026 as having finished a level and ' +
          'not gone on (LTM, AT-01).',
      },
    },
  ])
})

test('a volunteer reports in the own kelurahan, and nobody outside theirs (TUN-R3, PV-18)', async () => {
  expect((await house.report({ childId: await house.child() }, 'relawan')).__typename).toBe('ReportOutOfSchoolSuccess')
  for (const persona of ['relawan', 'kelurahan-krapyak'] as const) {
    const elsewhere = persona === 'relawan' ? KRAPYAK : PANJANG_WETAN
    const answer = await house.report({ childId: await house.child(), kelurahan: elsewhere }, persona)
    expect(answer).toMatchObject({ __typename: 'NotPermittedRefusal', code: 'NOT_PERMITTED' })
  }
})

test('Social Affairs does not write on the list: an assessment does (PV-18)', async () => {
  expect((await house.report({ childId: await house.child() }, 'peksos')).code).toBe('NOT_PERMITTED')
})

test('an id that nobody told of is refused at every desk as a hidden child is, and nothing is written (PV-14)', async () => {
  const hidden = await house.child()
  await house.hear(protectedAt(hidden, 4))
  const before = await house.count('ats_record')
  for (const persona of ['kelurahan-panjang-wetan', 'kelurahan-krapyak', 'relawan', 'dinas-pendidikan'] as const) {
    const answer = await house.report({ childId: someChild() }, persona)
    expect(answer).toMatchObject({ code: 'CHILD_NOT_FOUND', field: 'childId' })
    expect(await house.report({ childId: hidden }, persona)).toEqual(answer)
  }
  expect(await house.count('ats_record')).toBe(before)
})

test('a child has one open record, whoever reports it and under whichever id (EC-07)', async () => {
  const [childId, alias] = [await house.child(), await house.child()]
  const first = await house.report({ childId })
  const again = await house.report({ childId, kelurahan: KRAPYAK }, 'dinas-pendidikan')
  expect(again).toMatchObject({ code: 'ATS_ALREADY_OPEN', recordId: first.data?.id })
  await house.hear(merged(childId, alias))
  expect((await house.report({ childId: alias })).code).toBe('ATS_ALREADY_OPEN')
})

test('of two officers who report one child at the same moment one is told of the other', async () => {
  const childId = await house.child()
  const both = await Promise.all([house.report({ childId }), house.report({ childId }, 'dinas-pendidikan')])
  expect(both.map((one) => one.__typename).sort()).toEqual(['AtsAlreadyOpen', 'ReportOutOfSchoolSuccess'])
})

test('a child on record as a pupil is not put on the list, without saying where (EC-18)', async () => {
  const childId = await house.child()
  await house.enrol({ childId })
  const answer = await house.report({ childId }, 'dinas-pendidikan')
  expect(answer).toMatchObject({ code: 'STILL_ENROLLED', field: 'childId', rule: 'EC-18' })
  expect(answer.message).not.toContain('SMP')
})

describe('a kelurahan that names itself for a child of another is told nothing of that child (TUN-R3, PV-18)', () => {
  /** What an officer is told who reports into another kelurahan. */
  const outside = async () => house.report({ childId: await house.child(), kelurahan: KRAPYAK })

  test('not that it is on the list already', async () => {
    const childId = await house.child()
    await house.report({ childId, kelurahan: KRAPYAK }, 'kelurahan-krapyak')
    const answer = await house.report({ childId })
    expect(answer).toMatchObject({ __typename: 'NotPermittedRefusal', code: 'NOT_PERMITTED' })
    expect(answer).toEqual(await outside())
  })

  test('nor that it is a social case', async () => {
    const childId = await house.child()
    await house.report({ childId, kelurahan: KRAPYAK }, 'kelurahan-krapyak')
    await house.hear(protectedAt(childId, 3))
    expect(await house.report({ childId })).toEqual(await outside())
  })

  test('nor by an assessment that named no place: the Education Office is', async () => {
    const childId = await house.child()
    await house.hear(assessed(childId, true))
    expect(await house.report({ childId })).toEqual(await outside())
    expect((await house.report({ childId }, 'dinas-pendidikan')).code).toBe('ATS_ALREADY_OPEN')
  })

  test('nor that it goes to school, unless the child was on its own list', async () => {
    const [stranger, own] = [await house.child(), await house.child()]
    await house.report({ childId: own })
    for (const childId of [stranger, own]) await house.enrol({ childId })
    expect(await house.report({ childId: stranger })).toEqual(await outside())
    expect((await house.report({ childId: own })).code).toBe('STILL_ENROLLED')
  })

  test('and the child that moved there, off the other’s list, is reported', async () => {
    const childId = await house.child()
    const { data } = await house.report({ childId, kelurahan: KRAPYAK }, 'kelurahan-krapyak')
    await house.verify({ recordId: data?.id, outOfSchool: false, outcome: 'V04' }, 'kelurahan-krapyak')
    expect((await house.report({ childId })).__typename).toBe('ReportOutOfSchoolSuccess')
  })
})

test('of an enrolment and a report at the same moment, the child is never left both a pupil and on the list', async () => {
  const childId = await house.child()
  await Promise.all([house.report({ childId }), house.enrol({ childId })])
  const { child } = await house.see('dinas-pendidikan', childId)
  expect(child?.school).not.toBeNull()
  expect(child?.ats?.state ?? 'SELESAI').toBe('SELESAI')
})

test('the same request id sent twice lists the child once; with another input it is refused (EC-46)', async () => {
  const once = { requestId: randomUUID(), newChild: bagas() }
  const [first, again] = [await house.report(once), await house.report(once)]
  expect(again.data?.id).toBe(first.data?.id)
  expect((await house.report({ ...once, category: 'LTM' })).code).toBe('REQUEST_ID_REUSED')
  expect((await house.report(once, 'dinas-pendidikan')).code).toBe('REQUEST_ID_REUSED')
})

test('a child at level 4 is not found, and its record is on no list (PV-14)', async () => {
  await house.report({ childId: await house.child() })
  const childId = await house.child()
  const { data } = await house.report({ childId })
  await house.hear(protectedAt(childId, 4))
  const hidden = await house.report({ childId })
  expect(hidden).toMatchObject({ code: 'CHILD_NOT_FOUND', field: 'childId' })
  expect(hidden).toEqual(await house.report({ childId: someChild() }))
  const unknown = someChild()
  for (const persona of ['bapperida', 'kelurahan-panjang-wetan', 'dinas-pendidikan'] as const) {
    expect(await listed(persona)).not.toContain(data?.id)
    // The hidden record is the latest: a page that counted it would come up short.
    expect(await listed(persona, 'first: 1')).toHaveLength(1)
    const seen = await house.see(persona, childId)
    const nothing = await house.see(persona, unknown)
    expect({ ...seen, child: { ...seen.child, id: unknown } }).toEqual(nothing)
  }
  expect(await listed('peksos')).toContain(data?.id)
})

interface Page {
  readonly atsRecords: {
    readonly nodes: readonly { readonly id: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  }
}
type Persona = Parameters<House['as']>[0]
const page = async (persona: Persona, args: string) => {
  const fields = '{ id kelurahan child { school { npsn } ats { why fieldCheck { date } } } }'
  const query = `{ atsRecords(${args}) { nodes ${fields} pageInfo { hasNextPage endCursor } } }`
  return (await house.as(persona)<Page>(query)).data?.atsRecords
}
const listed = async (persona: Persona, args = 'first: 100') =>
  (await page(persona, args))?.nodes.map((node) => node.id) ?? []

test('a kelurahan sees its own list, the city all of it, by state and place (TUN-R3, TUN-09)', async () => {
  const near = (await house.report({ childId: await house.child() })).data?.id ?? ''
  const far =
    (await house.report({ childId: await house.child(), kelurahan: KRAPYAK }, 'kelurahan-krapyak')).data?.id ?? ''
  const mine = await listed('kelurahan-panjang-wetan')
  expect([mine.includes(near), mine.includes(far)]).toEqual([true, false])
  expect(await listed('bapperida')).toEqual(expect.arrayContaining([near, far]))
  expect(await listed('bapperida', `kelurahan: "${KRAPYAK}", first: 100`)).not.toContain(near)
  expect(await listed('bapperida', 'state: TERVERIFIKASI, first: 100')).toEqual([])
  expect(await listed('kelurahan-panjang-wetan', `kelurahan: "${KRAPYAK}"`)).toEqual([])
})

test('pages of the list follow each other without a gap or a repetition, the latest report first', async () => {
  const all = await listed('bapperida')
  const first = await page('bapperida', 'first: 3')
  const rest = await page('bapperida', `first: 100, after: "${first?.pageInfo.endCursor}"`)
  expect([...(first?.nodes ?? []), ...(rest?.nodes ?? [])].map(({ id }) => id)).toEqual(all)
})

test('a cursor written by hand is refused as such, before SQL sees it', async () => {
  const forged = createCursor('atsRecords', ['string', 'string']).encode(['besok', 'Bagas'])
  const answer = await house.as('bapperida')(`{ atsRecords(after: "${forged}") { nodes { id } } }`)
  expect(answer.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
})

test('Dukcapil and a school committee may not ask for the list (PV-12)', async () => {
  for (const persona of ['dukcapil', 'panitia-sekolah'] as const) {
    const answer = await house.as(persona)('{ atsRecords { nodes { id } } }')
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'NOT_PERMITTED', reason: 'ROLE' })
  }
})

test('a page of records with their children costs the same number of statements whatever its length (no N+1)', async () => {
  for (let n = 0; n < 10; n++) await house.report({ newChild: bagas() })
  await house.network.settle()
  const few = await statementsOf(() => page('dinas-pendidikan', 'first: 2'))
  const many = await statementsOf(() => page('dinas-pendidikan', 'first: 12'))
  expect(few.length).toBeGreaterThan(0)
  expect(many).toHaveLength(few.length)
})

test('so does any number of children asked for at once', async () => {
  const ids: string[] = []
  for (let n = 0; n < 12; n++) {
    const childId = await house.child()
    await house.report({ childId })
    if (n % 2 === 0) await house.enrol({ childId, startedOn: '2026-11-23' })
    ids.push(childId)
  }
  await house.network.settle()
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child {
    school { name } schooling { school { name } } ats { why fieldCheck { date } child { school { npsn } } } } } }`
  const ask = (some: readonly string[]) =>
    house.as('dinas-pendidikan').ok(query, { r: some.map((id) => ({ __typename: 'Child', id })) })
  const [few, many] = [await statementsOf(() => ask(ids.slice(0, 2))), await statementsOf(() => ask(ids))]
  expect(few.length).toBeGreaterThan(0)
  expect(many).toHaveLength(few.length)
})

const HUGE = 'x'.repeat(200_000)
const BAD_REPORTS = [
  ['no child at all', { newChild: undefined }, 'childId', 'DESIGN-4'],
  ['both a known and a new child', { childId: randomUUID() }, 'childId', 'DESIGN-4'],
  ['a kelurahan that is none', { kelurahan: '33.75' }, 'kelurahan', 'ID-23'],
  ['a huge kelurahan', { kelurahan: HUGE }, 'kelurahan', 'ID-23'],
  ['a huge note', { note: HUGE }, 'note', 'TUN-03'],
  ['an invisible character in the note', { note: 'a\u0000b' }, 'note', 'TUN-03'],
  ['a huge name', { newChild: bagas({ name: HUGE }) }, 'newChild.name', 'ID-19'],
  ['a child born tomorrow', { newChild: bagas({ birthDate: '2026-11-24' }) }, 'newChild.birthDate', 'EC-17'],
  ['a baby', { newChild: bagas({ birthDate: '2026-01-05' }) }, 'newChild.birthDate', 'EC-17'],
  ['a grown-up of 40', { newChild: bagas({ birthDate: '1986-01-05' }) }, 'newChild.birthDate', 'EC-17'],
  ['a child that cannot be told apart', { newChild: { name: 'Bagas', sex: 'L' } }, 'newChild', 'ID-15'],
] as const

describe('a report with', () => {
  test.for(BAD_REPORTS)(
    '%s is refused with field, rule and remedy, and nothing is written',
    async ([, bad, field, rule]) => {
      const before = await house.count('ats_record')
      const answer = await house.report({ newChild: bagas(), ...bad })
      expect(answer.problems).toEqual([{ field, rule, message: expect.stringMatching(/\S/) }])
      expect(await house.count('ats_record')).toBe(before)
    },
  )
})
