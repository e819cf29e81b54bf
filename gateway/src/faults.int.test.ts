import type { GraphQLFormattedError } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, BOY, GIRL, type House, startHouse } from '../test/house.ts'
import { BREAKER } from './out/circuit-breaker.ts'

describe.each([
  ['when it is first asked', false],
  ['compiled', true],
] as const)('an operation %s', (_when, twice) => {
  let house: House
  beforeAll(async () => {
    // Each test says what one fault does; what many do is the breaker's.
    const breaker = { ...BREAKER, failures: 1_000, least: 1_000 }
    house = await startHouse({ agencyMs: 300 }, false, { breaker, twice })
  })
  afterAll(() => house.close())
  afterEach(async () => {
    await house.stop('social')
    await house.start('social')
    house.log.length = 0
  })

  const CHILD = `query ($id: UUID!) { child(id: $id) { id school { name } outreach { place } lvl: level } }`
  const placesOf = ({ errors }: Answer) => errors?.map(({ path }) => path?.join('.'))
  const only = (answer: Answer): GraphQLFormattedError => {
    expect(answer.errors).toHaveLength(1)
    return answer.errors?.[0] ?? { message: 'none' }
  }

  test('with one agency away, its fields are null, each with an error that names it; the others answer (DESIGN §4)', async () => {
    await house.stop('social')
    const away = await house.ask(CHILD, { id: BOY })
    expect(away.status).toBe(200)
    expect(away.data).toEqual({ child: { id: BOY, school: { name: 'PKBM of 1' }, outreach: null, lvl: null } })
    expect(placesOf(away)).toEqual(['child.outreach', 'child.lvl'])
    expect(away.errors?.[0]?.extensions).toEqual({
      code: 'AGENCY_UNREACHABLE',
      agency: 'DINSOS',
      service: 'social',
      message: {
        id: 'Dinas Sosial sedang tidak dapat dihubungi; data dari instansi lain tetap ditampilkan. Coba lagi beberapa menit lagi.',
        en: expect.stringContaining('data of other agencies is still shown'),
      },
    })
    expect(away.errors?.[0]?.message).toMatch(/^Dinas Sosial sedang/)

    await house.start('social')
    const back = await house.ask(CHILD, { id: BOY })
    expect(back.errors).toBeUndefined()
    expect(back.data).toEqual({
      child: { id: BOY, school: { name: 'PKBM of 1' }, outreach: { place: 'Alun-alun' }, lvl: '3' },
    })
  })

  test('a reader who asks for English is told in English', async () => {
    await house.stop('social')
    const answer = await house.ask(CHILD, { id: BOY }, { 'accept-language': 'en' })
    expect(answer.errors?.[0]?.message).toMatch(/^The Social Affairs Office/)
  })

  test('in a list, each child’s field has its own error at its own index', async () => {
    await house.stop('social')
    const answer = await house.ask('{ pupils { id level friends { level } } }')
    expect(answer.data).toEqual({
      pupils: [{ id: BOY, level: null, friends: [{ level: null }] }, null, { id: GIRL, level: null, friends: [] }],
    })
    expect(placesOf(answer)?.toSorted()).toEqual(['pupils.0.friends.0.level', 'pupils.0.level', 'pupils.2.level'])
  })

  test('a field that @include leaves out gets no error', async () => {
    await house.stop('social')
    const query = 'query ($all: Boolean!) { pupils { id level @include(if: $all) outreach @skip(if: $all) { place } } }'
    expect(placesOf(await house.ask(query, { all: true }))).toEqual(['pupils.0.level', 'pupils.2.level'])
  })

  test('a root field of an agency that is away is null with its error, its neighbours stay', async () => {
    await house.stop('social')
    const answer = await house.ask('{ met: contacts { place } pupils { id } }')
    expect(answer.data).toEqual({ met: null, pupils: [{ id: BOY }, null, { id: GIRL }] })
    expect(placesOf(answer)).toEqual(['met'])
  })

  test('a change whose answer is lost is not called undone: the same requestId may be sent again', async () => {
    await house.stop('social')
    const answer = await house.ask(`mutation { recordContact(requestId: "${BOY}") { place } }`)
    expect(answer.data).toEqual({ recordContact: null })
    expect(only(answer).message).toMatch(/requestId yang sama: tidak akan tercatat dua kali/)
  })

  test('an agency that does not answer in time is away', async () => {
    const answer = await house.ask('{ wait pupils { id } }')
    expect(answer.data).toMatchObject({ wait: null, pupils: [{ id: BOY }, null, { id: GIRL }] })
    expect(only(answer).extensions?.code).toBe('AGENCY_UNREACHABLE')
    expect(house.log.join()).toContain('TimeoutError')
  })

  test.each([
    ['a server in trouble', 503, '{"errors":[{"message":"at db-17.internal"}]}'],
    ['a signature it does not take', 401, '{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}'],
    ['another server at its address', 404, '{"errors":[{"message":"no","extensions":{"code":"NOT_FOUND"}}]}'],
    ['a page', 200, '<html>db-17.internal</html>'],
    ['JSON that is no answer', 200, '[1]'],
    ['another schema', 400, '{"errors":[{"message":"?","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}'],
  ])('%s (%d) is an agency away to the caller, and an error in the log', async (_what, status, body) => {
    await house.replace('social', () => ({ status, body }))
    const answer = await house.ask(CHILD, { id: BOY })
    expect(answer.data).toMatchObject({ child: { school: { name: 'PKBM of 1' }, outreach: null } })
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual([
      'AGENCY_UNREACHABLE',
      'AGENCY_UNREACHABLE',
    ])
    expect(JSON.stringify(answer)).not.toMatch(/internal|127\.0\.0\.1/)
    expect(house.log.some((line) => line.includes('"level":"error"') && line.includes('no usable answer'))).toBe(true)
  })

  test('a refusal passes with its code, reason and the client’s path, also inside an entity and a list', async () => {
    const one = await house.ask(`{ child(id: "${BOY}") { o: outreach { place n: note } school { principal } } }`)
    expect(one.data).toEqual({ child: { o: { place: 'Alun-alun', n: null }, school: { principal: null } } })
    expect(placesOf(one)?.toSorted()).toEqual(['child.o.n', 'child.school.principal'])
    expect(one.errors?.map(({ extensions }) => extensions)).toContainEqual({
      code: 'NOT_PERMITTED',
      reason: 'ROLE',
      agency: 'DINSOS',
      message: { id: 'Hanya Dinas Sosial.', en: 'Social Affairs only.' },
    })

    const many = await house.ask('{ pupils { id outreach { note } } }')
    expect(placesOf(many)).toContain('pupils.0.outreach.note')
  })

  test('an entity that its agency refuses whole has the refusal at each field that was asked of it', async () => {
    const answer = await house.ask('{ pupils { id level outreach { place } } }')
    expect(answer.data?.pupils).toEqual([
      { id: BOY, level: '3', outreach: { place: 'Alun-alun' } },
      null,
      { id: GIRL, level: null, outreach: null },
    ])
    expect(placesOf(answer)?.toSorted()).toEqual(['pupils.2.level', 'pupils.2.outreach'])
  })

  test('an error without a path keeps its place', async () => {
    const body = '{"errors":[{"message":"x","extensions":{"code":"BUSY","message":{"id":"Sibuk.","en":"Busy."}}}]}'
    await house.replace('social', () => ({ status: 200, body }))
    expect(placesOf(await house.ask(CHILD, { id: BOY }))).toEqual(['child.outreach', 'child.lvl'])
  })

  test.each([
    ['a variable', 'query ($day: Date) { on(day: $day) }'],
    ['the document', '{ on(day: "1999-99-99") }'],
  ])(
    'a scalar that its agency cannot read in %s is the caller’s mistake, told without the value',
    async (_where, query) => {
      const answer = await house.ask(query, { day: '1999-99-99' })
      expect(only(answer)).toMatchObject({ path: ['on'], extensions: { code: 'BAD_USER_INPUT', agency: 'DINSOS' } })
      expect(JSON.stringify(answer)).not.toContain('1999-99-99')
    },
  )

  test('a subgraph cannot set the status of the whole answer, nor show a stack', async () => {
    const error = {
      message: 'x',
      path: ['contacts'],
      extensions: { code: 'X', http: { status: 500 }, stacktrace: ['at'] },
    }
    await house.replace('social', () => ({ status: 200, body: JSON.stringify({ data: null, errors: [error] }) }))
    const answer = await house.ask('{ contacts { place } }')
    expect(answer.status).toBe(200)
    expect(JSON.stringify(answer.errors)).not.toMatch(/stacktrace|"http"/)
  })

  test('an unexpected fault of a subgraph comes masked, with an id, its agency and its path', async () => {
    const answer = await house.ask(`{ broken child(id: "${BOY}") { grade } }`)
    expect(answer.data).toEqual({ broken: null, child: { grade: null } })
    expect(placesOf(answer)?.toSorted()).toEqual(['broken', 'child.grade'])
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions).toMatchObject({
        code: 'INTERNAL',
        agency: 'DISDIK',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
    }
    expect(JSON.stringify(answer)).not.toMatch(/db-17|division|grade\.ts/)
  })

  test('a raw error of a subgraph that does not mask its own is masked here, and logged under its id', async () => {
    const error = { message: 'column nik of 10.0.0.7 broke', path: ['contacts'] }
    await house.replace('social', () => ({
      status: 200,
      body: JSON.stringify({ data: { contacts: null }, errors: [error] }),
    }))
    const { message, extensions } = only(await house.ask('{ contacts { place } }'))
    expect(message).not.toContain('10.0.0.7')
    expect(house.log.some((line) => line.includes(String(extensions?.id)))).toBe(true)
  })

  test('the operation’s own time cuts every agency that is still working', async () => {
    const impatient = await startHouse({ operationMs: 800 })
    const answer = await impatient.ask('{ wait pupils { id } }')
    await impatient.close()
    expect(answer.data).toMatchObject({ wait: null, pupils: [{ id: BOY }, null, { id: GIRL }] })
  })
})
