import type { Caller } from '@satuanak/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, KEPALA, post, startHouse } from '../../test/house.ts'
import { idOf } from './manifest.ts'

const ME = 'query Me{me{name roles}}'
const PLACES = 'query Places($n:Int){contacts(first:$n){place}}'
const PARENT: Caller = { ...KEPALA, subject: 'akun-orang-tua-1', roles: ['ORANG_TUA'] }

let house: House
beforeAll(async () => {
  house = await startHouse({}, false, { documents: [ME, PLACES], documentsOnlyFor: ['ORANG_TUA'] })
})
afterAll(() => house.close())

const send = async (body: object, caller = PARENT) =>
  post(house.url, body, { authorization: `Bearer ${await house.token(caller)}` })
const codesOf = ({ errors = [] }: Awaited<ReturnType<typeof send>>) => errors.map(({ extensions }) => extensions?.code)

test('a document that is known is asked by its id alone, with variables', async () => {
  expect((await send({ documentId: idOf(ME) })).data).toEqual({ me: { name: KEPALA.name, roles: ['ORANG_TUA'] } })
  const { data } = await send({ documentId: idOf(PLACES), variables: { n: 1 }, operationName: 'Places' })
  expect(data).toEqual({ contacts: [{ place: 'Alun-alun' }] })
})

test('an id that names nothing is refused with what to do, in both languages', async () => {
  const { status, errors } = await send({ documentId: idOf('{me{name}}') }, KEPALA)
  expect([status, errors?.length]).toEqual([400, 1])
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'DOCUMENT_NOT_FOUND',
    message: { id: expect.stringContaining('muat ulang'), en: expect.stringContaining('reload it') },
  })
})

test.each([
  ['an id that is no text', { documentId: 7 }],
  ['an id and a document', { documentId: idOf(ME), query: ME }],
  ['a name of JavaScript’s own', { documentId: '__proto__' }],
])('%s is refused', async (_what, body) => {
  const answer = await send(body, KEPALA)
  expect([answer.status, codesOf(answer)]).toEqual([400, ['DOCUMENT_NOT_FOUND']])
})

test('a portal’s user sends known documents only, whole or by id; another space is another document', async () => {
  expect((await send({ query: ME })).data).toHaveProperty('me')
  for (const query of ['{ me { name } }', `${ME} `, PLACES.replace('place', 'place child { id }')]) {
    const answer = await send({ query })
    expect([answer.status, codesOf(answer), answer.data]).toEqual([403, ['DOCUMENT_NOT_TRUSTED'], undefined])
  }
})

test('who has another role besides may send any document', async () => {
  expect((await send({ query: '{ me { name } }' }, { ...PARENT, roles: ['ORANG_TUA', 'RELAWAN'] })).data).toBeDefined()
  expect((await send({ query: '{ me { name } }' }, KEPALA)).data).toBeDefined()
})

test('without a token nobody is told which documents there are', async () => {
  const [known, unknown] = [
    await post(house.url, { documentId: idOf(ME) }, {}),
    await post(house.url, { documentId: 'x' }, {}),
  ]
  expect([known.status, unknown.status]).toEqual([401, 401])
})
