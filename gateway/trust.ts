import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { buildSchema, GraphQLError, parse, stripIgnoredCharacters, validate } from 'graphql'
import { manifestOf } from './src/documents/manifest.ts'
import { createOperationCheck, OPERATION_LIMITS } from './src/limits.ts'

/**
 * `node gateway/trust.ts` writes trusted-documents.json: every document of our front ends and portals, without what a
 * parser ignores. With `--check` it writes nothing and ends with 1 when the committed file is not that.
 */
const root = new URL('../', import.meta.url).pathname
const file = new URL('trusted-documents.json', import.meta.url)
/** Where front ends keep their documents. */
const SOURCES = ['gateway/examples/*.graphql', 'packages/*/documents/**/*.graphql']

const schema = buildSchema(readFileSync(new URL('supergraph.graphql', import.meta.url), 'utf8'), {
  assumeValidSDL: true,
})
const check = createOperationCheck(OPERATION_LIMITS)
const problems: string[] = []

function documentOf(path: string): string {
  const text = stripIgnoredCharacters(readFileSync(`${root}${path}`, 'utf8'))
  try {
    for (const error of validate(schema, parse(text))) problems.push(`${path}: ${error.message}`)
  } catch (error) {
    problems.push(`${path}: ${error instanceof GraphQLError ? error.message : String(error)}`)
  }
  const excess = check(text, {})
  if (excess) problems.push(`${path}: beyond the limit of ${excess.limit}, ${excess.max}`)
  return text
}

const paths = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root })).toSorted()
const written = `${JSON.stringify(manifestOf(paths.map(documentOf)), null, 2)}\n`
if (problems.length > 0) fail('These documents cannot be trusted:', problems)
else if (!process.argv.includes('--check')) {
  writeFileSync(file, written)
  process.stdout.write(`gateway/trusted-documents.json: ${paths.length} documents\n`)
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== written) {
  fail('gateway/trusted-documents.json is not what the front ends’ documents come to. Run `node gateway/trust.ts`.', [])
} else process.stdout.write('gateway/trusted-documents.json is up to date\n')

function fail(sentence: string, details: readonly string[]): void {
  process.stderr.write(`${sentence}\n${details.map((detail) => `  ${detail}\n`).join('')}`)
  process.exitCode = 1
}
