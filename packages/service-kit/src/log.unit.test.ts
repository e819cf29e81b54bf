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
