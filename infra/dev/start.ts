import { join } from 'node:path'
import { satuAnak } from './house.ts'
import { launch } from './launch.ts'
import { DATA_DIR } from './run-file.ts'

// `npm start`.
const root = join(import.meta.dirname, '../..')
// Sources run as they are; what Node makes of them is kept for the next start, which halves it.
process.env.NODE_COMPILE_CACHE ??= join(DATA_DIR, 'compile-cache')

await launch(satuAnak(root, DATA_DIR), process.argv.slice(2), async () => {
  const { PERSONAS } = await import('@satuanak/demo-city')
  return Object.keys(PERSONAS)
})
