/**
 * `node packages/contracts/publish.ts`: gives every new event type its file in `published/`. A file that is there is
 * never overwritten: a published version does not change, a new shape is a new version.
 */
import { join } from 'node:path'
import { publishMissing } from './src/published-shapes.ts'

const { missing, changed, deleted } = publishMissing(join(import.meta.dirname, 'published'))
for (const name of missing) process.stdout.write(`published ${name}\n`)
for (const name of changed)
  process.stdout.write(`REFUSED ${name}: its published shape differs; make the next version\n`)
for (const name of deleted) process.stdout.write(`REFUSED ${name}: it was published and is gone; put it back\n`)
process.exitCode = changed.length + deleted.length > 0 ? 1 : 0
