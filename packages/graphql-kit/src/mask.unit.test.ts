import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import type { GraphQLFormattedError } from 'graphql'
import { afterAll, expect, test } from 'vitest'
import { createBuilder, type GraphContext, graphError, maskError, toSubgraph } from './index.ts'
import { contextOf } from './test-subgraph.ts'

/** A NIK of the test region where it does not belong; nothing of it may come back. */
const NIK = '9901015501120001'

const builder = createBuilder<GraphContext>()
const Sex = builder.enumType('Sex', { values: ['L', 'P'] as const })
const Form = builder.inputType('Form', {
  fields: (t) => ({
    id: t.field({ type: 'UUID' }),
    born: t.field({ type: 'Date' }),
    sex: t.field({ type: Sex }),
    count: t.int(),
    name: t.string({ required: true }),
  }),
})
const faults: Record<string, () => never> = {
  fault: () => {
    throw new Error(`duplicate key: (nik)=(${NIK})`)
  },
  told: () => {
    throw graphError('AGENCY_UNREACHABLE', { id: 'Tidak terhubung.', en: 'Away.' }, 'en', { agency: 'DINSOS' })
  },
}
builder.queryField('try', (t) =>
  t.string({
    permission: 'anyone',
    args: { form: t.arg({ type: Form }), what: t.arg.string() },
    resolve: (_root, { what }) => faults[what ?? '']?.() ?? 'fine',
  }),
)

const logged: { err: unknown; fault: string }[] = []
const server = new ApolloServer<GraphContext>({
  schema: toSubgraph(builder).schema,
  plugins: [ApolloServerPluginInlineTraceDisabled()],
  includeStacktraceInErrorResponses: true,
  formatError: maskError({ error: (fields) => logged.push(fields) }),
})
afterAll(() => server.stop())

async function errorOf(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLFormattedError> {
  const { body } = await server.executeOperation({ query, variables }, { contextValue: contextOf('BAPPERIDA') })
  const error = body.kind === 'single' ? body.singleResult.errors?.[0] : undefined
  if (!error) throw new Error(`no error: ${JSON.stringify(body)}`)
  expect(JSON.stringify(error)).not.toMatch(/9901|node_modules|\.ts/)
  return error
}

const TRY_FORM = 'query ($form: Form) { try(form: $form) }'

test('an unexpected fault is masked in both languages, and logged under the id that is told', async () => {
  logged.length = 0
  const error = await errorOf('{ try(what: "fault") }')
  const id = error.extensions?.id
  expect(error).toMatchObject({
    message: expect.stringMatching(/^Terjadi gangguan.*Something went wrong/),
    path: ['try'],
    extensions: { code: 'INTERNAL', id, message: { id: expect.stringContaining(String(id)), en: expect.any(String) } },
  })
  expect(logged).toEqual([{ err: expect.objectContaining({ message: expect.any(String) }), fault: id, path: ['try'] }])
})

test('an error written for the caller passes as it is, without a stack trace', async () => {
  const error = await errorOf('{ try(what: "told") }')
  expect(error).toMatchObject({ message: 'Away.', path: ['try'] })
  expect(error.extensions).toEqual({
    code: 'AGENCY_UNREACHABLE',
    agency: 'DINSOS',
    message: { id: 'Tidak terhubung.', en: 'Away.' },
  })
})

test("a bad scalar in a variable is told by the variable and the scalar's own words", async () => {
  const error = await errorOf(TRY_FORM, { form: { name: 'x', id: NIK } })
  expect(error.message).toMatch(/^\$form: UUID tidak sah: .* \/ \$form: Not a valid UUID: /)
  expect(error.extensions?.code).toBe('BAD_USER_INPUT')
})

test.each([
  ['a number where text belongs', { form: { name: 990101550112 } }, 'at "form.name"'],
  ['text where a number belongs', { form: { name: 'x', count: NIK } }, 'at "form.count"'],
  ['no value of the enum', { form: { name: 'x', sex: NIK } }, 'at "form.sex"'],
  ['a required field left out', { form: { born: null, id: null } }, 'Field "name" of required type "String!"'],
  ['null where it may not be', { form: { name: null } }, 'at "form.name": Expected non-nullable type'],
  ['a field that is not there', { form: { name: 'x', [NIK]: NIK } }, 'does not fit its type'],
  ['text where an input belongs', { form: NIK }, 'Form'],
  ['text that looks like the end of the message', { form: { name: 'x', count: `" at "form.x"; ${NIK}` } }, 'count'],
])('%s is told by place and kind, not by value', async (_what, variables, told) => {
  const error = await errorOf(TRY_FORM, variables)
  expect(error.extensions).toEqual({ code: 'BAD_USER_INPUT' })
  expect(error.message).toContain(told)
})

test.each([
  ['a bad scalar', `{ try(form: {name: "x", id: "${NIK}"}) }`],
  ['a number where text belongs', `{ try(form: {name: ${NIK}}) }`],
  ['no value of the enum', `{ try(form: {name: "x", sex: N${NIK}}) }`],
  ['text for an enum', `{ try(form: {name: "x", sex: "${NIK}"}) }`],
  ['text where an input belongs', `{ try(form: "${NIK}") }`],
  ['text that does not end', `{ try(what: "${NIK}`],
  ['text where a name belongs', `{ try("${NIK}") }`],
])('%s in the operation itself is refused without being repeated', async (_what, query) => {
  const error = await errorOf(query)
  expect(error.extensions?.code).toMatch(/^GRAPHQL_(VALIDATION|PARSE)_FAILED$/)
})

test('a refused operation says where', async () => {
  expect(await errorOf('{ try(')).toMatchObject({ message: 'Syntax error in the operation.', locations: [{ line: 1 }] })
  expect(await errorOf('{ no }')).toMatchObject({ message: 'Cannot query field "no" on type "Query".' })
})
