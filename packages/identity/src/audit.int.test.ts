import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AuditDetail, audit, auditRead, auditRefusal } from './audit.ts'
import { type AuditDatabase, type AuditServer, startAuditServer } from './test-audit-database.ts'
import { someone } from './test-callers.ts'

const CHILD = '01900000-0000-7000-8000-000000000001'
const SIBLING = '01900000-0000-7000-8000-000000000002'
const NIK = `99${'0'.repeat(14)}`
const peksos = someone(['PEKSOS', 'KASI_SOSIAL'], { agency: 'DINSOS', name: 'Sri Handayani (contoh)' })

let server: AuditServer
let database: AuditDatabase
beforeAll(async () => {
  server = await startAuditServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  database = await server.create()
})
afterEach(() => database.close())

interface Row {
  readonly action: string
  readonly detail: unknown
}
const entries = (): PromiseLike<Row[]> =>
  database.sql.$queryRawUnsafe<Row[]>('SELECT * FROM platform.audit_entry ORDER BY at, id')

describe('every write and every read leaves an entry (PV-05)', () => {
  test('a write tells who, in which role, did what to whom and why, but not by which name', async () => {
    await database.inTransaction((tx) =>
      audit(
        tx,
        peksos,
        'outreach.record',
        [CHILD, SIBLING, CHILD],
        { repeat: true, needs: ['EDUCATION'] },
        'TUGAS_PUBLIK',
      ),
    )
    const rows = await entries()
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        at: expect.any(Date),
        actor: peksos.subject,
        agency: 'DINSOS',
        roles: ['PEKSOS', 'KASI_SOSIAL'],
        action: 'outreach.record',
        purpose: 'TUGAS_PUBLIK',
        subjects: [CHILD, SIBLING],
        detail: { repeat: true, needs: ['EDUCATION'] },
        trace_id: null,
        result: 'DONE',
        position: null,
        previous_hash: null,
        hash: null,
      },
    ])
    expect(JSON.stringify(rows)).not.toContain('Handayani')
  })

  test('a write that is rolled back leaves no entry, for it did not happen', async () => {
    const run = database.inTransaction(async (tx) => {
      await audit(tx, peksos, 'outreach.record', [CHILD])
      throw new Error('refused after all')
    })
    await expect(run).rejects.toThrow('refused after all')
    expect(await entries()).toEqual([])
  })

  test('no audit, no write: an entry that cannot be written takes the write with it (DESIGN §7)', async () => {
    await database.sql.$executeRawUnsafe('CREATE TABLE written (what text)')
    const run = database.inTransaction(async (tx) => {
      await tx.$executeRawUnsafe("INSERT INTO written VALUES ('x')")
      await audit(tx, peksos, 'outreach.record', ['not-a-uuid'])
    })
    await expect(run).rejects.toThrow()
    expect(await database.sql.$queryRawUnsafe('SELECT * FROM written')).toEqual([])
  })

  test('a read tells the operation and the permissions it used', async () => {
    const permissions = ['person.read', 'ats.read', 'person.read'] as const
    await auditRead(database.sql, peksos, { operation: 'ChildCard', permissions, subjects: [CHILD] })
    expect(await entries()).toMatchObject([
      {
        action: 'read',
        subjects: [CHILD],
        detail: { operation: 'ChildCard', permissions: ['ats.read', 'person.read'] },
      },
    ])
  })

  test.each([undefined, null, '', 'Budi Santoso', "x'; DROP TABLE", `Q${NIK}`, 'x'.repeat(101)])(
    'an operation named %j is audited as anonymous: a client’s text is no code',
    async (operation) => {
      await auditRead(database.sql, peksos, { operation, permissions: [], subjects: [] })
      expect(await entries()).toMatchObject([{ detail: { operation: 'anonymous' } }])
    },
  )

  test('a refused try is told with its permission, its reasons and the children asked for', async () => {
    const reasons = ['TERRITORY', 'HIDDEN', 'TERRITORY'] as const
    await auditRefusal(database.sql, peksos, {
      operation: 'Budi Santoso',
      permission: 'nik.read',
      reasons,
      subjects: [CHILD, CHILD],
    })
    expect(await entries()).toMatchObject([
      {
        action: 'nik.read',
        result: 'REFUSED',
        subjects: [CHILD],
        detail: { code: 'NOT_PERMITTED', operation: 'anonymous', reasons: ['HIDDEN', 'TERRITORY'] },
      },
    ])
  })

  test('a consumer writes the event’s own actor', async () => {
    await database.inTransaction((tx) =>
      audit(tx, { subject: 'akun-x', agency: 'DISDIK', roles: [] }, 'ats.close', [CHILD]),
    )
    expect(await entries()).toMatchObject([{ actor: 'akun-x', agency: 'DISDIK', roles: [] }])
  })

  test('the trace that it happened in can be found again', async () => {
    const restore = rememberContext()
    const span = trace.wrapSpanContext({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 })
    try {
      await context.with(trace.setSpan(context.active(), span), () =>
        auditRead(database.sql, peksos, { operation: 'ChildCard', permissions: [], subjects: [] }),
      )
    } finally {
      restore()
    }
    expect(await entries()).toMatchObject([{ trace_id: 'a'.repeat(32) }])
  })
})

describe('an entry holds codes, never a person’s data', () => {
  const cases: readonly { title: string; detail?: AuditDetail; action?: string; purpose?: string }[] = [
    { title: 'a name', detail: { name: 'Budi Santoso' } },
    { title: 'a NIK', detail: { found: NIK } },
    { title: 'a NIK inside a code', detail: { found: `NIK:${NIK}` } },
    { title: 'a NIK in a list', detail: { found: ['OK', NIK] } },
    { title: 'a NIK as a number', detail: { found: Number(NIK) } },
    { title: 'a sentence in a key', detail: { 'the child said': 1 } },
    { title: 'a line break', detail: { code: 'A\nB' } },
    { title: 'an empty text', detail: { code: '' } },
    { title: 'a very long text', detail: { code: 'x'.repeat(101) } },
    { title: 'a sentence as the action', action: 'looked at the child' },
    { title: 'a sentence as the purpose', purpose: 'because I could' },
  ]
  test.each(cases)('$title is refused, and not quoted', async ({ detail, action = 'person.read', purpose }) => {
    const run = database.inTransaction((tx) => audit(tx, peksos, action, [CHILD], detail, purpose))
    await expect(run).rejects.toThrow(/^An audit entry may hold codes only\.$/)
    expect(await entries()).toEqual([])
  })
})

/** A context manager as the telemetry SDK installs one. */
function rememberContext(): () => void {
  const storage = new AsyncLocalStorage<Context>()
  context.setGlobalContextManager({
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, run, self, ...args) => storage.run(active, () => run.apply(self, args)),
    bind: (_active, target) => target,
    enable() {
      return this
    },
    disable() {
      return this
    },
  })
  return () => context.disable()
}
