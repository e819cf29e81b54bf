import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { startNats, startPostgres } from '@satuanak/local-servers'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { dataFolder, type Launcher, nothingLeft, processesOf, startLauncher } from './fixtures/start-launcher.ts'

const READY = /is ready after/

async function get(port: number, path: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5000) })
}

/** How often the demo was loaded into a service's database. */
async function timesLoaded(url: string | undefined): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ times: number }>('SELECT count(*)::int AS times FROM loaded')
  await client.end()
  return rows[0]?.times ?? 0
}

function pidOf(launcher: Launcher, name: string): number {
  const pid = launcher.run().pids[name]
  if (pid === undefined) throw new Error(`${name} does not run`)
  return pid
}

// Whole starts on real disks: slow where much else runs.
const patient = { timeout: 120_000 }

describe.skipIf(process.platform !== 'linux')('npm start (processes are counted in /proc: Linux only)', patient, () => {
  test('everything runs as a process of its own, and is said in under 15 lines', async () => {
    const dir = await dataFolder()
    const launcher = await startLauncher(dir)
    await launcher.says(READY)
    await launcher.says(/ {2}Try {2}/)
    const names = ['launcher', 'postgres', 'nats', 'gateway', 'civil-registry', 'education', 'social', 'coordination']
    expect(Object.keys(launcher.run().pids).sort()).toEqual(names.sort())
    expect(new Set(Object.values(launcher.run().pids)).size).toBe(names.length)
    expect(launcher.lines).toContainEqual(expect.stringMatching(/^social +\| listening$/))
    const said = launcher.lines.slice(launcher.lines.findIndex((line) => READY.test(line)))
    expect(said.length).toBeLessThan(15)
    expect(launcher.lines.join('\n')).not.toMatch(/\/\/[^/\s]*:[^/\s]*@/) // no URL with a password
  })

  test('only its owner may read where everything runs, and the keys', async () => {
    const dir = await dataFolder()
    await (await startLauncher(dir)).says(READY)
    const files = ['run.json', 'keys/nik.json', 'keys/registry-sealing.json', 'keys/fingerprints.json']
    const modes = await Promise.all(files.map(async (file) => (await stat(join(dir, file))).mode & 0o777))
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600])
  })

  test('a service that dies is started again, and said so', async () => {
    const launcher = await startLauncher(await dataFolder())
    await launcher.says(READY)
    const before = pidOf(launcher, 'education')
    process.kill(before, 'SIGKILL')
    await launcher.says(/^education ended \(SIGKILL\); it is started again/)
    await launcher.says(/^education is ready again/)
    expect(pidOf(launcher, 'education')).not.toBe(before)
  })

  test('PostgreSQL and NATS that die are started again where they were', async () => {
    const launcher = await startLauncher(await dataFolder())
    await launcher.says(READY)
    const { databaseUrls, pids } = launcher.run()
    for (const name of ['postgres', 'nats']) process.kill(pidOf(launcher, name), 'SIGKILL')
    await launcher.says(/^postgres is back/)
    await launcher.says(/^nats is back/)
    expect(launcher.run().databaseUrls).toEqual(databaseUrls)
    expect(pidOf(launcher, 'postgres')).not.toBe(pids.postgres)
    expect(await timesLoaded(databaseUrls.social)).toBe(1)
  })

  test('Ctrl-C leaves no process behind; the copy that npm passes on is not a second one', async () => {
    const dir = await dataFolder()
    const launcher = await startLauncher(dir)
    await launcher.says(READY)
    launcher.signal('SIGINT')
    launcher.signal('SIGINT')
    expect(await launcher.exit).toEqual({ code: 0, signal: null })
    expect(launcher.lines.at(-1)).toBe('Stopped.')
    expect(await processesOf(dir)).toEqual([])
  })

  test('Ctrl-C while it is still starting leaves no process behind', async () => {
    const dir = await dataFolder()
    const launcher = await startLauncher(dir)
    await launcher.says(/Loading the demo city/)
    launcher.signal('SIGINT')
    expect(await launcher.exit).toEqual({ code: 0, signal: null })
    await nothingLeft(dir)
  })

  test('a service that does not let itself be stopped is killed within 10 s', async () => {
    const dir = await dataFolder()
    const launcher = await startLauncher(dir, { social: 'deaf-service' })
    await launcher.says(READY)
    const asked = performance.now()
    launcher.signal('SIGTERM')
    expect(await launcher.exit).toEqual({ code: 0, signal: null })
    expect(performance.now() - asked).toBeLessThan(10_000)
    expect(await processesOf(dir)).toEqual([])
  })

  test('a second Ctrl-C does not wait', async () => {
    const dir = await dataFolder()
    const launcher = await startLauncher(dir, { social: 'deaf-service' })
    await launcher.says(READY)
    launcher.signal('SIGINT')
    await launcher.says(/^social +\| not listening/)
    // Until the second one counts: the first half second's are one keystroke.
    const insisting = setInterval(() => launcher.signal('SIGINT'), 100)
    onTestFinished(() => clearInterval(insisting))
    expect(await launcher.exit).toEqual({ code: 130, signal: null })
    await nothingLeft(dir)
  })

  test('kill -9 of the launcher leaves no process behind, and the next start works', async () => {
    const dir = await dataFolder()
    const launcher = await startLauncher(dir)
    await launcher.says(READY)
    launcher.signal('SIGKILL')
    await nothingLeft(dir)
    const next = await startLauncher(dir)
    await next.says(READY)
    expect(await timesLoaded(next.run().databaseUrls.education)).toBe(1)
  })

  test('kill -9 of the npm that started it stops it too', async () => {
    const dir = await dataFolder()
    const npm = `${process.execPath} -e "require('node:child_process').spawn(process.argv[1], process.argv.slice(2), { stdio: 'inherit' })"`
    const launcher = await startLauncher(dir, {
      through: ['/bin/sh', '-c', `exec ${npm} "$@"`, 'npm'],
      env: { npm_lifecycle_event: 'start' },
    })
    await launcher.says(READY)
    launcher.signal('SIGKILL')
    await nothingLeft(dir)
  })

  test('a busy port is one sentence, and nothing is started', async () => {
    const dir = await dataFolder()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const launcher = await startLauncher(dir, { port })
    expect(await launcher.exit).toEqual({ code: 1, signal: null })
    expect(launcher.lines).toEqual([expect.stringMatching(`Port ${port} is taken by another program: .*PORT=`)])
  })

  test('a data folder of somebody else is one sentence', async ({ skip }) => {
    const me = JSON.stringify(import.meta.filename)
    const through = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all']
    const [command = '', ...args] = [...through, process.execPath, '-e', `require('node:fs').readFileSync(${me})`]
    const possible = process.getuid?.() === 0 && spawnSync(command, args).status === 0
    skip(!possible, 'needs root, and a clone that other users can reach')
    const dir = await dataFolder() // mode 0700, root's
    const launcher = await startLauncher(dir, { through })
    expect(await launcher.exit).toEqual({ code: 1, signal: null })
    expect(launcher.lines).toEqual([expect.stringContaining('belongs to another user')])
  })

  test('a second start in the same clone says that one already runs', async () => {
    const dir = await dataFolder()
    const first = await startLauncher(dir)
    await first.says(READY)
    const second = await startLauncher(dir)
    expect(await second.exit).toEqual({ code: 1, signal: null })
    expect(second.lines).toEqual([expect.stringContaining(`already runs in this clone (process ${first.pid}`)])
    expect((await get(first.port, '/health/ready')).status).toBe(200)
  })

  test('the data is there at the next start, and gone after --fresh', async () => {
    const dir = await dataFolder()
    const starts = [
      { args: [], loads: true },
      { args: [], loads: false },
      { args: ['--fresh'], loads: true },
    ]
    for (const { args, loads } of starts) {
      const launcher = await startLauncher(dir, { args })
      await launcher.says(READY)
      expect(launcher.lines.some((line) => line.includes('Loading the demo city'))).toBe(loads)
      expect(await timesLoaded(launcher.run().databaseUrls['civil-registry'])).toBe(1)
      launcher.signal('SIGTERM')
      await launcher.exit
    }
  })

  test('a service that cannot start stops the start, with its own words', async () => {
    const dir = await dataFolder()
    const launcher = await startLauncher(dir, { social: 'misconfigured-service' })
    expect(await launcher.exit).toEqual({ code: 1, signal: null })
    expect(launcher.lines).toContainEqual(expect.stringMatching(/^social +\| ZONE is missing$/))
    expect(launcher.lines.at(-1)).toBe('social does not start (exit code 78); its lines say why.')
    await nothingLeft(dir)
  })

  test('DATABASE_URL and NATS_URL use the servers of one’s own', async () => {
    const [dir, elsewhere] = await Promise.all([dataFolder(), dataFolder()])
    const [postgres, nats] = await Promise.all([
      startPostgres({ dir: join(elsewhere, 'postgres'), durable: false }),
      startNats({ dir: join(elsewhere, 'nats') }),
    ])
    onTestFinished(async () => void (await Promise.all([postgres.close(), nats.close()])))
    const launcher = await startLauncher(dir, { env: { DATABASE_URL: postgres.adminUrl, NATS_URL: nats.url } })
    await launcher.says(READY)
    expect(Object.keys(launcher.run().pids)).not.toContain('postgres')
    expect(await timesLoaded(postgres.url('satuanak_social'))).toBe(1)
    launcher.signal('SIGTERM')
    await launcher.exit
    expect(await timesLoaded(postgres.url('satuanak_social'))).toBe(1)
  })

  test('a server of one’s own that does not answer is one sentence', async () => {
    const launcher = await startLauncher(await dataFolder(), { env: { NATS_URL: 'nats://127.0.0.1:9' } })
    expect(await launcher.exit).toEqual({ code: 1, signal: null })
    expect(launcher.lines.at(-1)).toBe('Nobody answers at NATS_URL (127.0.0.1:9).')
  })
})
