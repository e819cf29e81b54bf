import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  write(createLog('uji', 'info', { write: (line) => void lines.push(line) }))
  return lines.join('')
}

const NIK = ['9901010203', '130001'].join('')

test('a line is JSON with service, level and time', () => {
  const line = JSON.parse(logged((log) => log.info({ count: 3 }, 'did it'))) as Record<string, unknown>
  expect(line).toMatchObject({ service: 'uji', level: 'info', count: 3, msg: 'did it' })
})

test('names, addresses and tokens are censored, however they got in (DESIGN §4)', () => {
  const line = logged((log) =>
    log.info({ name: 'Bagas', child: { motherName: 'Siti', nik: NIK }, token: 'ey.x.y' }, 'oops'),
  )
  expect(line).not.toMatch(/Bagas|Siti|ey\.x\.y/)
})

test('sixteen digits in a row never reach a log, not even inside an error (PV-10)', () => {
  const line = logged((log) => log.error({ err: new Error(`duplicate key (${NIK})`) }, `failed for ${NIK}`))
  expect(line).not.toContain(NIK)
  expect(line).toContain('[16 angka]')
})

/** As a driver says it: the value in the message, the message again in the stack, the row among its properties. */
class DriverError extends Error {
  override readonly name = 'PrismaClientKnownRequestError'
  readonly code = 'P2010'
  readonly meta = {
    row: { title: 'Bagas Pratama' },
    driverAdapterError: Object.assign(new Error('Bagas Pratama'), { cause: { originalCode: '22P02', say: 'Bagas' } }),
  }
}

test('an error is logged by its kind, codes and place; what it quotes of a child is not (DESIGN §4)', () => {
  const error = new DriverError('invalid row:\n    at "Bagas Pratama", Jl. Progo 7', { cause: new TypeError('Bagas') })
  const line = logged((log) => log.error({ err: error }, 'request failed'))
  expect(line).not.toMatch(/Bagas|Progo/)
  expect(JSON.parse(line)).toMatchObject({
    msg: 'request failed',
    err: {
      type: 'PrismaClientKnownRequestError',
      code: 'P2010',
      stack: expect.stringContaining('log.unit.test.ts'),
      cause: { type: 'TypeError' },
    },
  })
})

test('the code that the database gave is kept, under whatever wrapped it', () => {
  const line = logged((log) => log.error({ err: new DriverError('x') }, 'request failed'))
  expect(line).toContain('22P02')
})

test('an error logged without a message does not lend it its own', () => {
  const error = new Error('Bagas Pratama')
  expect(logged((log) => log.error(error))).not.toContain('Bagas')
  expect(logged((log) => log.error({ err: error }))).not.toContain('Bagas')
})
