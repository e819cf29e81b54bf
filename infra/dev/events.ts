import { SERVICES, ServiceName } from '@satuanak/contracts'
import { eventsCommand } from '@satuanak/messaging'
import { z } from 'zod'
import { databaseUrl } from './databases.ts'
import { DATA_DIR, readRunFile } from './run-file.ts'

// `npm run events -- dead | replay | rebuild`: on the house that runs in this clone, else on DATABASE_URL and NATS_URL.
const Databases = z.record(ServiceName, z.string())

function place() {
  const run = readRunFile(DATA_DIR)
  if (run !== undefined) return { natsUrl: run.natsUrl, databases: Databases.parse(run.databaseUrls) }
  const { DATABASE_URL: server, NATS_URL: natsUrl } = process.env
  if (!server || !natsUrl) return undefined
  const urls = SERVICES.map((service) => [service, databaseUrl(server, service)])
  return { natsUrl, databases: Databases.parse(Object.fromEntries(urls)) }
}

const print = (line: string) => void process.stdout.write(`${line}\n`)
const where = place()
if (where === undefined) {
  process.stderr.write('SatuAnak does not run in this clone: npm start first, or set DATABASE_URL and NATS_URL.\n')
  process.exitCode = 1
} else {
  process.exitCode = await eventsCommand(process.argv.slice(2), { ...where, print })
}
