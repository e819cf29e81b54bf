import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RegistryNetwork, startRegistry } from '../test-registry.ts'
import { importCommand } from './import-command.ts'
import { child, csv, type Desk, DUKCAPIL, openDesk } from './test-files.ts'

let network: RegistryNetwork
let desk: Desk

beforeAll(async () => {
  network = await startRegistry()
  desk = await openDesk(network)
})
afterAll(async () => {
  await desk?.close()
  await network?.close()
})

/** Runs the command as an operator would, and gives what it printed. */
async function run(argv: readonly string[], { stopping = false } = {}) {
  const [printed, shown]: [string[], string[]] = [[], []]
  const stop = new AbortController()
  if (stopping) stop.abort()
  const code = await importCommand(argv, {
    app: desk.app,
    caller: DUKCAPIL,
    signal: stop.signal,
    print: (line) => printed.push(line),
    progress: (line) => shown.push(line),
  })
  return { code, text: printed.join('\n'), shown }
}

test('says how far it has come, what came of the rows, and by which rule; row by row in a file without a NIK or a name', async () => {
  const [one, other] = [child(), child({ NIK: '9901013213140001' })]
  const path = await desk.fileOf(csv([one, other, one]))
  const report = join(desk.folder, 'report.csv')
  const { code, text, shown } = await run([path, '--report', report])
  expect(code).toBe(0)
  expect(shown[0]).toMatch(/^3 rows, [\d,]+ rows\/s, 100 %, about 0:00 left$/)
  expect(text).toContain('3 rows: 1 registered (1 to look at again), 1 there already, 1 refused')
  expect(text).toMatch(/^ {2}E ID-03 +NIK +1 row$/m)
  expect(text).toContain(`Row by row: ${report}`)
  const lines = (await readFile(report, 'utf8')).split('\r\n')
  expect(lines[0]).toBe('\ufeffBARIS;VERDIK;TINGKAT;KOLOM;ATURAN;PERBAIKAN;REMEDY')
  expect(lines[2]).toMatch(/^"3";"DITOLAK";"E";"NIK";"ID-03";"Tanggal di dalam NIK [^;]+";"The date inside/)
  expect(lines[3]).toMatch(/^"4";"SUDAH_ADA";/)
  for (const secret of [one.NIK, other.NIK, one.NAMA, other.NAMA]) expect(lines.join() + text).not.toContain(secret)
})

test('stopped, it says so by its exit code, and the same command goes on', async () => {
  const path = await desk.fileOf(csv([child(), child()]))
  const stopped = await run([path], { stopping: true })
  expect([stopped.code, stopped.text]).toEqual([130, expect.stringContaining('run the same command again to go on')])
  const done = await run([path])
  expect([done.code, done.text]).toEqual([0, expect.stringContaining('2 rows: 2 registered')])
})

test('a dry run says what would be', async () => {
  const { code, text } = await run([await desk.fileOf(csv([child()])), '--dry-run'])
  expect([code, text]).toEqual([0, expect.stringContaining('1 would be registered')])
})

test('statuses of KTP-el are taken in when asked for, and who is not known is counted (KT-01, KT-02)', async () => {
  const one = child()
  await run([await desk.fileOf(csv([one]))])
  const path = await desk.fileOf(`NIK;STATUS\r\n${one.NIK};5\r\n9901010101140999;5`)
  const report = join(desk.folder, 'statuses.csv')
  const { code, text } = await run([path, '--as', 'ktp-status', '--coding', 'opensid', '--report', report])
  expect([code, text]).toEqual([
    0,
    expect.stringContaining('2 rows: 1 applied (0 to look at again), 0 there already, 1 not known, 0 refused'),
  ])
  const lines = await readFile(report, 'utf8')
  expect(lines).toContain('"3";"TIDAK_DIKENAL";"E";"NIK";"KT-01"')
  expect(lines + text).not.toMatch(/\d{16}/)
})

test('a file that cannot be taken in is refused in both languages', async () => {
  const { code, text } = await run([await desk.fileOf('A,B\n1,2\n')])
  expect([code, text]).toEqual([1, expect.stringMatching(/judul kolom[\s\S]*names of the columns/)])
  expect(await run([join(desk.folder, 'nothing.csv')])).toMatchObject({
    code: 1,
    text: expect.stringContaining('ENOENT'),
  })
})

test('what is not understood is answered with the usage', async () => {
  for (const argv of [
    [],
    ['a.csv', 'b.csv'],
    ['a.csv', '--force'],
    ['--report'],
    ['a.csv', '--as', 'kk'],
    ['a.csv', '--coding', 'opensid'],
    ['a.csv', '--as', 'ktp-status', '--coding', 'siak'],
  ]) {
    expect(await run(argv)).toMatchObject({ code: 2, text: expect.stringContaining('Usage: npm run import') })
  }
})
