import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { packages, ROOT, SERVICES } from '../repository.ts'

const lacking = (folder: string, files: readonly string[]): string[] =>
  files.filter((file) => !existsSync(resolve(ROOT, folder, file))).map((file) => `${folder}/${file}`)

const FOLDERS = packages().map(({ folder }) => relative(ROOT, folder))

test('every package says what it is: README.md', () => {
  expect(FOLDERS.flatMap((folder) => lacking(folder, ['README.md']))).toEqual([])
})

test('every service fixes its words and its part of the graph: GLOSSARY.md and schema.graphql', () => {
  const files = [
    'GLOSSARY.md',
    'schema.graphql',
    'prisma/schema.prisma',
    'src/main.ts',
    'src/service.ts',
    'src/config.ts',
  ]
  expect(SERVICES.flatMap((service) => lacking(`services/${service}`, files))).toEqual([])
})

test('every package is checked: it runs the compiler as `types` and Vitest, with the shared settings, as `test`', () => {
  const unchecked = FOLDERS.filter((folder) => {
    const { scripts } = JSON.parse(readFileSync(resolve(ROOT, folder, 'package.json'), 'utf8')) as {
      scripts?: Record<string, string>
    }
    const config = resolve(ROOT, folder, 'vitest.config.ts')
    const shared = existsSync(config) && readFileSync(config, 'utf8').includes('vitest.shared.ts')
    return scripts?.types !== 'tsc -p .' || scripts.test !== 'vitest run' || !shared
  })
  expect(unchecked).toEqual([])
})
