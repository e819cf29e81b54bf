import { Agent } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askOnce, HELD_QUERY, RIGHT_HELD, startLoad, startRegistry, statusOf } from '../../test/load.ts'
import { type GatewayProcess, gatewayNeeds, type Line, startGatewayProcess } from '../../test/processes.ts'

const started: GatewayProcess[] = []
let registry: Awaited<ReturnType<typeof startRegistry>>
let needs: Awaited<ReturnType<typeof gatewayNeeds>>
let gateway: GatewayProcess
let url: string

/** Two workers for all tests but those of starting; each test takes them as the one before left them. */
beforeAll(async () => {
  registry = await startRegistry()
  needs = await gatewayNeeds(registry.url)
  gateway = start({ WORKERS: '2', LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: registry.url })
  url = String((await gateway.says(({ msg }) => msg === 'ready')).url)
  await gateway.says(isReady(2))
})
afterAll(async () => {
  for (const { signal } of started) signal('SIGTERM')
  await Promise.all(started.map(({ exit }) => exit))
  await registry.close()
  needs.remove()
})

function start(env: Readonly<Record<string, string>>): GatewayProcess {
  const one = startGatewayProcess({ ...needs.env, ...env })
  started.push(one)
  return one
}

const isReady = (number: number) => (line: Line) => line.msg === 'worker ready' && line.worker === number
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
/** Process ids of the workers that live. */
const pids = () =>
  gateway.lines.flatMap(({ msg, pid }) => (msg === 'worker ready' && isAlive(Number(pid)) ? [Number(pid)] : []))
/** Which worker answered a request, where this line of the log says so; each bears its worker's number. */
const answeredSince = (from: number, line: Line) =>
  line.msg === 'request' && line.at >= from ? line.worker : undefined

test('two processes serve one port, and each answers for its health', async () => {
  const from = gateway.lines.length
  const paths = ['/health/live', '/health/ready', '/health/live', '/health/ready']
  expect(await Promise.all(paths.map((path) => statusOf(url + path)))).toEqual([200, 200, 200, 200])
  for (const worker of [1, 2]) await gateway.says((line) => answeredSince(from, line) === worker)
  expect(new Set([gateway.pid, ...pids()]).size).toBe(3)
})

test('a rolling restart under 200 requests a second fails none of them, and every process is new', async () => {
  const old = pids()
  const load = startLoad(url, needs.token, 200)
  await load.answers(100)
  const held = [1, 2, 3, 4].map(() => askOnce(url, needs.token, new Agent(), HELD_QUERY))
  await registry.holds
  gateway.signal('SIGUSR2')
  await gateway.says(isReady(3))
  await load.answers(50) // by now the first old one is told to close, and holds some of the four
  registry.release()
  expect(await Promise.all(held)).toEqual([RIGHT_HELD, RIGHT_HELD, RIGHT_HELD, RIGHT_HELD])
  await gateway.says(({ msg }) => msg === 'restart of the workers is done')
  await load.answers(100)
  const { failures, sent, perSecond } = await load.stop()
  expect(failures).toEqual([])
  expect(sent).toBeGreaterThan(250)
  expect(perSecond).toBeGreaterThan(190)
  expect(pids()).toHaveLength(2)
  for (const pid of old) expect(isAlive(pid)).toBe(false)
})

test('a worker that is killed is replaced, and the other goes on meanwhile', async () => {
  const [killed = 0, other = 0] = pids()
  process.kill(killed, 'SIGKILL')
  const from = gateway.lines.length
  const { signal, pauseMs } = await gateway.says(({ msg, pid }) => pid === killed && /^worker died/.test(`${msg}`))
  expect([signal, pauseMs]).toEqual(['SIGKILL', 200])
  expect(await statusOf(`${url}/health/ready`)).toBe(200)
  const again = await gateway.says((line) => line.msg === 'worker ready' && line.at >= from)
  expect(pids()).toEqual(expect.arrayContaining([other, again.pid]))
  expect(pids()).toHaveLength(2)
})

test('a restart whose new worker does not become ready is given up, and the old ones stay', async () => {
  const old = pids()
  const from = gateway.lines.length
  gateway.signal('SIGUSR2')
  const { pid } = await gateway.says(({ msg, at }) => msg === 'worker begun' && at >= from)
  process.kill(Number(pid), 'SIGKILL')
  await gateway.says(({ msg }) => /^restart given up/.test(`${msg}`))
  expect(pids()).toEqual(old)
  expect(await statusOf(`${url}/health/ready`)).toBe(200)
})

test('SIGTERM ends all of them cleanly, and each sends its own metrics', async () => {
  const living = pids()
  const from = { lines: gateway.lines.length, metrics: registry.metrics.length }
  await Promise.all([1, 2, 3, 4].map(() => askOnce(url, needs.token, new Agent())))
  for (const worker of [1, 2]) await gateway.says((line) => answeredSince(from.lines, line) === worker)
  gateway.signal('SIGTERM')
  expect(await gateway.exit).toEqual({ code: 0, signal: null })
  for (const pid of living) expect(isAlive(pid)).toBe(false)
  const instances = registry.metrics.slice(from.metrics).flatMap(attributesOf)
  expect(new Set(instances.map(({ worker }) => worker))).toEqual(new Set([1, 2]))
  expect(new Set(instances.map((one) => one['service.instance.id'])).size).toBe(2)
})

test('a primary that is killed leaves no worker behind', async () => {
  const one = start({ WORKERS: '2' })
  await one.says(isReady(1))
  one.signal('SIGKILL')
  // Once its output is closed nobody holds it any more: workers print there too.
  expect(await one.exit).toEqual({ code: null, signal: 'SIGKILL' })
})

test('a configuration that cannot be used is said once, in the words of a single process, and none is begun', async () => {
  const one = start({ WORKERS: '2', OIDC_ISSUER: '' })
  expect(await one.exit).toEqual({ code: 78, signal: null })
  const words = ['The configuration is incomplete:', '  - OIDC_ISSUER is missing']
  expect(one.lines.map(({ text }) => text)).toEqual(words)
})

test('what keeps the first worker from starting is said once, and ends the primary', async () => {
  const { port } = new URL(registry.url)
  const one = start({ WORKERS: '3', PORT: port })
  expect(await one.exit).toEqual({ code: 1, signal: null })
  const words = one.lines.filter(({ level }) => level === undefined).map(({ text }) => text)
  expect(words).toEqual([`Port ${port} on 127.0.0.1 is in use by another program.`])
})

interface Exported {
  readonly resourceMetrics: readonly {
    readonly resource: {
      readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
    }
  }[]
}

/** The resource's attributes of one body of OTLP in JSON. */
const attributesOf = (body: unknown) =>
  (body as Exported).resourceMetrics.map(({ resource }) =>
    Object.fromEntries(resource.attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
  )
