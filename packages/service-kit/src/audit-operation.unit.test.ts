import { ApolloServer } from '@apollo/server'
import { ChildId } from '@satuanak/contracts'
import type { RefusedTry } from '@satuanak/graphql-kit'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import type { App } from './app.ts'
import { auditOperation } from './audit-operation.ts'
import { noteRead, recording, type ServiceContext } from './context.ts'

const CHILD = ChildId.parse('01930000-0000-7000-8000-000000000001')
const SIBLING = ChildId.parse('01930000-0000-7000-8000-000000000002')

/** A database that is away. */
const away = { $executeRawUnsafe: () => Promise.reject(Object.assign(new Error('Bagas'), { code: '57P01' })) }

/** One operation in which `name` does this, over a database of which only its writing is there. */
async function answering(db: object, name: (context: ServiceContext<App>) => string) {
  const told: object[] = []
  const server = new ApolloServer<ServiceContext<App>>({
    schema: buildSchema('type Query { name: String }'),
    rootValue: { name: (_args: object, context: ServiceContext<App>) => name(context) },
    plugins: [auditOperation({ error: (fields) => void told.push(fields) })],
  })
  const contextValue: ServiceContext<App> = {
    app: { db } as unknown as App,
    caller: { subject: 'akun-uji', name: 'Uji', agency: 'DINSOS', roles: ['PEKSOS'], kelurahan: [], schools: [] },
    locale: 'id',
    ...recording(),
  }
  const { body } = await server.executeOperation({ query: 'query Card { name }' }, { contextValue })
  await server.stop()
  return { body, told }
}

test('where a read cannot be recorded no data leaves, and the operator is told why (DESIGN §7, PV-05)', async () => {
  const { body, told } = await answering(away, (context) => {
    noteRead(context, CHILD, 'person.read')
    return 'Bagas'
  })
  expect(JSON.stringify(body)).not.toContain('Bagas')
  expect(body).toMatchObject({ singleResult: { errors: [{ extensions: { code: 'AUDIT_UNAVAILABLE' } }] } })
  expect(told).toEqual([{ err: expect.objectContaining({ code: '57P01' }) }])
})

const refuse = (context: ServiceContext<App>, ...tries: readonly RefusedTry[]) => {
  for (const one of tries) context.onRefused?.(one)
  return 'answered'
}

test('a refusal that cannot be recorded is answered all the same: to hold it back would tell of a hidden child (PV-14)', async () => {
  const { body, told } = await answering(away, (context) =>
    refuse(context, { permission: 'person.read', reason: 'HIDDEN', child: CHILD }),
  )
  expect(body).toEqual({ kind: 'single', singleResult: { data: { name: 'answered' } } })
  expect(told).toEqual([{ err: expect.objectContaining({ code: '57P01' }) }])
})

test('one row per operation and permission, however many fields and children were refused (PV-05)', async () => {
  const rows: unknown[][] = []
  const db = { $executeRawUnsafe: async (_sql: string, ...values: unknown[]) => rows.push(values) }
  await answering(db, (context) =>
    refuse(
      context,
      { permission: 'person.read', reason: 'TERRITORY', child: CHILD },
      { permission: 'person.read', reason: 'HIDDEN', child: SIBLING },
      { permission: 'person.read', reason: 'TERRITORY', child: CHILD },
      { permission: 'nik.read', reason: 'ROLE', child: null },
    ),
  )
  const told = rows.map(([, , , action, , subjects, detail, , result]) => [action, subjects, detail, result])
  const detail = (...reasons: string[]) => JSON.stringify({ code: 'NOT_PERMITTED', operation: 'Card', reasons })
  expect(told).toEqual([
    ['person.read', [CHILD, SIBLING], detail('HIDDEN', 'TERRITORY'), 'REFUSED'],
    ['nik.read', [], detail('ROLE'), 'REFUSED'],
  ])
})
