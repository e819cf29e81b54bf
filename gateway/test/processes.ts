import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { SERVICES } from '@satuanak/contracts'
import { createKeyPair, openDevIssuer } from '@satuanak/identity'
import { KEPALA } from './house.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** A line of the log, the primary's or a worker's; `text` is what was printed, JSON or not. */
export interface Line {
  readonly text: string
  /** How many were printed before it. */
  readonly at: number
  readonly [field: string]: unknown
}

export interface GatewayProcess {
  readonly pid: number
  /** Everything that was printed so far. */
  readonly lines: readonly Line[]
  /** Resolves with the first line that is so, past or future; rejects where it ends before. */
  says(isSo: (line: Line) => boolean): Promise<Line>
  /** Resolves when it has ended, and everything that it started. */
  readonly exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  signal(signal: NodeJS.Signals): void
}

/** What a gateway must be told, and a token that it takes. */
export async function gatewayNeeds(registry: string) {
  const folder = mkdtempSync(join(tmpdir(), 'satuanak-workers-'))
  const [keys, issuer] = await Promise.all([createKeyPair(), openDevIssuer(folder)])
  const token = await issuer.token(KEPALA)
  const urls = SERVICES.map((name) => [name, name === 'civil-registry' ? registry : 'http://127.0.0.1:9'])
  const env = {
    PORT: '0',
    // A machine that is busy may take long to start a worker, and some requests wait for that.
    AGENCY_TIMEOUT_MS: '25000',
    OPERATION_TIMEOUT_MS: '25000',
    // One person sends all of it.
    RATE_PERSON_REQUESTS: '1000000000',
    RATE_PERSON_COST: '1000000000',
    MAX_CONCURRENT_PERSON: '64',
    SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(urls)),
    GATEWAY_SIGNING_JWK: JSON.stringify(keys.privateJwk),
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: issuer.audience,
    OIDC_JWKS: JSON.stringify(issuer.jwks),
  }
  return { env, token, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Starts the gateway's main as an operator would. It ends when this process does: its launcher is gone then. */
export function startGatewayProcess(env: Readonly<Record<string, string>>): GatewayProcess {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env,
  })
  const lines: Line[] = []
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) throw new Error('piped')
    createInterface({ input: stream }).on('line', (text) => {
      lines.push(lineOf(text, lines.length))
      for (const listener of listeners) listener()
    })
  }
  // "close" waits for the pipes, and so for every process that holds them.
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const says = (isSo: (line: Line) => boolean) =>
    new Promise<Line>((resolve, reject) => {
      let seen = 0
      const look = () => {
        const line = lines.slice(seen).find(isSo)
        seen = lines.length
        if (line === undefined) return
        listeners.delete(look)
        resolve(line)
      }
      listeners.add(look)
      look()
      void exit.then(() => reject(new Error(`ended without saying it:\n${lines.map(({ text }) => text).join('\n')}`)))
    })
  return { pid: child.pid ?? 0, lines, says, exit, signal: (signal) => void child.kill(signal) }
}

function lineOf(text: string, at: number): Line {
  try {
    return { ...JSON.parse(text), text, at }
  } catch {
    return { text, at }
  }
}
