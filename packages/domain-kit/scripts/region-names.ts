import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const TARGET = fileURLToPath(new URL('../src/place/region-names.ts', import.meta.url))

/** The source of `src/place/region-names.ts`, made from the CSV files of the installed `idn-area-data`. */
export function regionNamesSource(): string {
  return [
    '// Made by `pnpm run region-names` from idn-area-data; do not edit. The data is under the Open Database License (ODbL)',
    '// 1.0, https://opendatacommons.org/licenses/odbl/1-0/, © the idn-area-data contributors: see README.md.',
    '',
    '/** Province names by their two digits (ID-23). */',
    ...record('PROVINCES', namesFrom('provinces.csv')),
    '',
    '/** Names of kabupaten and kota by their four digits, undotted (ID-23). */',
    ...record('REGENCIES', namesFrom('regencies.csv')),
    '',
  ].join('\n')
}

function namesFrom(file: string): [code: string, name: string][] {
  const path = fileURLToPath(new URL(`../data/${file}`, import.meta.resolve('idn-area-data')))
  const [header = '', ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const columns = header.split(',')
  const [code, name] = [columns.indexOf('code'), columns.indexOf('name')]
  return rows.map((row) => row.split(',')).map((cells) => [(cells[code] ?? '').replaceAll('.', ''), cells[name] ?? ''])
}

function record(name: string, entries: [code: string, name: string][]): string[] {
  const lines = entries.map(([code, region]) => `  '${code}': ${quoted(region)},`)
  return [`export const ${name}: Readonly<Record<string, string>> = {`, ...lines, '}']
}

function quoted(name: string): string {
  return name.includes("'") ? `"${name}"` : `'${name}'`
}

if (import.meta.main) writeFileSync(TARGET, regionNamesSource())
