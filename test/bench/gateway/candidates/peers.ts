import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A package of its own, outside the house's workspace: nobody who starts or tests the house installs other gateways. */
const peerFolder = fileURLToPath(new URL('../../peers/', import.meta.url))

const LOCKED = join(peerFolder, 'pnpm-lock.yaml')
/** The package manager's own note of what it installed. */
const INSTALLED = join(peerFolder, 'node_modules/.pnpm/lock.yaml')

const areInstalled = (): boolean =>
  existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === readFileSync(LOCKED, 'utf8')

/** Installs the peers where they are not. @throws Error with what the package manager said. */
export async function installPeers(print: (line: string) => void): Promise<void> {
  if (areInstalled()) return
  print('installing Hive Gateway and Mercurius into test/bench/peers (once; some 430 MB)')
  const root = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'))
  const pnpm = `pnpm@${root.devEngines.packageManager.version}`
  const npx = spawn('npx', ['--yes', pnpm, '--dir', peerFolder, 'install', '--frozen-lockfile'], { stdio: 'pipe' })
  let said = ''
  for (const stream of [npx.stdout, npx.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-1_000)
    })
  }
  const [code] = await once(npx, 'close')
  if (code !== 0) throw new Error(said)
}

/** The module of a peer, by its file: it has no types here, and is not resolved from here. */
export function loadPeer(name: string, file?: string): Promise<unknown> {
  const folder = join(peerFolder, 'node_modules', name)
  const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly main: string }
  return import(pathToFileURL(join(folder, file ?? main)).href)
}

/** Version of an installed peer. */
export const versionOf = (name: string): string =>
  JSON.parse(readFileSync(join(peerFolder, 'node_modules', name, 'package.json'), 'utf8')).version
