import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { print, ROOT, SERVICES } from './repository.ts'

const run = promisify(execFile)
const PRISMA = resolve(ROOT, 'node_modules/prisma')

/**
 * Generates the service's Prisma client where its schema, its configuration or Prisma itself changed since last time.
 *
 * The engine binary is never used to generate, but Prisma would fetch it from the internet all the same: any
 * executable in its place keeps the machine offline (DESIGN §3.5).
 */
async function generate(service: string): Promise<void> {
  const folder = resolve(ROOT, 'services', service)
  if (!existsSync(resolve(folder, 'prisma/schema.prisma'))) return
  const stamp = resolve(folder, 'src/gen/.stamp')
  const fingerprint = await fingerprintOf(folder)
  if ((await readFile(stamp, 'utf8').catch(() => '')) === fingerprint) return
  const started = performance.now()
  await rm(resolve(folder, 'src/gen'), { recursive: true, force: true })
  await run(process.execPath, [await prismaCli(), 'generate'], {
    cwd: folder,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      DATABASE_URL: 'postgresql://unused/unused',
    },
  })
  await writeFile(stamp, fingerprint)
  print(`Prisma client of ${service} generated (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}

async function fingerprintOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of [`${folder}/prisma/schema.prisma`, `${folder}/prisma.config.ts`, `${PRISMA}/package.json`]) {
    hash.update(await readFile(file))
  }
  return hash.digest('hex')
}

async function prismaCli(): Promise<string> {
  const { bin } = JSON.parse(await readFile(`${PRISMA}/package.json`, 'utf8')) as { bin: { prisma: string } }
  return createRequire(import.meta.url).resolve(resolve(PRISMA, bin.prisma))
}

for (const service of SERVICES) {
  await generate(service).catch((error: Error & { stderr?: string }) => {
    print(`The Prisma client of ${service} cannot be generated:\n${error.stderr || error.message}`)
    process.exitCode = 1
  })
}
