import { ApolloServer } from '@apollo/server'
import { ChildId } from '@satuanak/contracts'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import type { App } from './app.ts'
import { auditReads } from './audit-reads.ts'
import { noteRead, type ServiceContext } from './context.ts'

const CHILD = ChildId.parse('01930000-0000-7000-8000-000000000001')

/** A database that is away. */
const away = { $executeRawUnsafe: () => Promise.reject(Object.assign(new Error('Bagas'), { code: '57P01' })) }

test('where a read cannot be recorded no data leaves, and the operator is told why (DESIGN §7, PV-05)', async () => {
  const told: object[] = []
  const server = new ApolloServer<ServiceContext<App>>({
    schema: buildSchema('type Query { name: String }'),
    rootValue: {
      name: (_args: object, context: ServiceContext<App>) => {
        noteRead(context, CHILD, 'person.read')
        return 'Bagas'
      },
    },
    plugins: [auditReads({ error: (fields) => void told.push(fields) })],
  })
  const contextValue: ServiceContext<App> = {
    app: { db: away } as unknown as App,
    caller: { subject: 'akun-uji', name: 'Uji', agency: 'DINSOS', roles: ['PEKSOS'], kelurahan: [], schools: [] },
    locale: 'id',
    reads: { subjects: new Set(), permissions: new Set() },
  }
  const { body } = await server.executeOperation({ query: '{ name }' }, { contextValue })
  await server.stop()
  expect(JSON.stringify(body)).not.toContain('Bagas')
  expect(body).toMatchObject({ singleResult: { errors: [{ extensions: { code: 'AUDIT_UNAVAILABLE' } }] } })
  expect(told).toEqual([{ err: expect.objectContaining({ code: '57P01' }) }])
})
